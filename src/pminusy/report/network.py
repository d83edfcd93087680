"""A trained network: how training ended, what each epoch gave, what the layers are."""

from dataclasses import MISSING, dataclass, fields
from typing import Any

import numpy as np

from pminusy.network.estimator import SoftmaxNetwork
from pminusy.nn.training.history import Ending, EpochRecord, TrainingResult
from pminusy.report.first_layer import FirstLayer, picture_first_layer
from pminusy.report.outcome import spread

_CLEARLY_ABOVE = 1.02
_UNTOLD_OPTIONS = ("init",)


@dataclass(frozen=True)
class Training:
    """How training ended.

    Attributes
    ----------
    ending : str
        "max_epochs", "converged", "early_stopping", "callback" or "not_finite".
    reason : str
        The same as a sentence.
    remedy : str
        What to try, as a sentence; empty where nothing suggests itself.
    epochs, kept_epoch : int
        How many were done, and after which one the model's weights are.
    seconds : float
        Of all epochs.
    rows_per_second : float
        The median of the epochs'; 0 where none was done.
    n_parameters : int
        Numbers that were learned.
    """

    ending: str
    reason: str
    remedy: str
    epochs: int
    kept_epoch: int
    seconds: float
    rows_per_second: float
    n_parameters: int


@dataclass(frozen=True)
class Epoch:
    """One epoch.

    Attributes
    ----------
    epoch : int
        From 1.
    loss, accuracy : float
        Mean over the epoch's batches, each as it was before its own update.
    validation_loss, validation_accuracy : float or None
        After the epoch.
    learning_rate : float
    gradient_norms : tuple of float
        Of each learned array; mean over the epoch's batches.
    """

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    learning_rate: float
    gradient_norms: tuple[float, ...]


@dataclass(frozen=True)
class LayerSummary:
    """One layer.

    Attributes
    ----------
    name : str
        Such as "Conv2d(16, 3)".
    shape : tuple of int
        Of what it gives for one row.
    parameters : tuple of str
        Names of its learned arrays.
    n_parameters : int
        Numbers in them.
    """

    name: str
    shape: tuple[int, ...]
    parameters: tuple[str, ...]
    n_parameters: int


@dataclass(frozen=True)
class NetworkOutcome:
    """A trained network.

    Attributes
    ----------
    training : Training
    history : tuple of Epoch
        In order; long ones are thinned to 200 epochs that include both ends.
    layers : tuple of LayerSummary
        From the input to the logits.
    first_layer : FirstLayer or None
        Its weights as images; image data only.
    """

    training: Training
    history: tuple[Epoch, ...]
    layers: tuple[LayerSummary, ...]
    first_layer: FirstLayer | None

    @property
    def rates(self) -> tuple[float, ...]:
        """The learning rates of the first and the last epoch; one where no epoch has another."""
        rates = [epoch.learning_rate for epoch in self.history]
        return tuple(rates[:1] if len(set(rates)) == 1 else rates[:1] + rates[-1:])


def network_outcome(
    classifier: SoftmaxNetwork, X: Any, image_shape: tuple[int, ...] | None
) -> NetworkOutcome:
    """Take a trained network down as plain values.

    Parameters
    ----------
    classifier : SoftmaxNetwork
        Fitted.
    X : (1, …) array or SciPy CSR
        A row as the network takes it.
    image_shape : (H, W), (H, W, C) or None
        For image data.

    Returns
    -------
    NetworkOutcome

    Examples
    --------
    >>> network_outcome(classifier, X[:1], (28, 28)).training.n_parameters   # doctest: +SKIP
    203530
    """
    layers = tuple(
        LayerSummary(
            name=_named(layer),
            shape=tuple(classifier.embed(X, place).shape[1:]),
            parameters=tuple(parameter.name for parameter in layer.parameters),
            n_parameters=sum(parameter.value.size for parameter in layer.parameters),
        )
        for place, layer in enumerate(classifier.network_.layers)
    )
    return NetworkOutcome(
        training=_training(classifier, sum(layer.n_parameters for layer in layers)),
        history=tuple(map(_epoch, spread(classifier.history_))),
        layers=layers,
        first_layer=picture_first_layer(classifier.network_.layers[0], image_shape) if image_shape else None,
    )


def _training(classifier: SoftmaxNetwork, n_parameters: int) -> Training:
    result, history = classifier.result_, classifier.history_
    diverged = result.ending is Ending.NOT_FINITE
    return Training(
        ending=str(result.ending),
        reason=str(result) if diverged else result.ending.sentence,
        remedy=_remedy(result, history),
        epochs=result.n_epochs,
        kept_epoch=result.best_epoch,
        seconds=sum(record.seconds for record in history),
        rows_per_second=float(np.median([record.rows_per_second for record in history])) if history else 0.0,
        n_parameters=n_parameters,
    )


def _remedy(result: TrainingResult, history: list[EpochRecord]) -> str:
    if result.ending is Ending.NOT_FINITE:
        return "Use a smaller learning rate, or set max_gradient_norm."
    if result.ending is not Ending.MAX_EPOCHS:
        return ""
    losses = [record.validation_loss for record in history if record.validation_loss is not None]
    if not losses:
        falls = "Train for more epochs: the training loss was still decreasing."
        return falls if result.still_falling else ""
    lowest = int(np.argmin(losses))
    if lowest == len(losses) - 1:
        return "Train for more epochs: the validation loss was still decreasing."
    if losses[-1] > _CLEARLY_ABOVE * losses[lowest]:
        return f"Use early stopping: the validation loss was lowest after epoch {lowest + 1} and rose afterwards."
    return ""


def _epoch(record: EpochRecord) -> Epoch:
    return Epoch(
        epoch=record.epoch,
        loss=record.loss,
        accuracy=record.accuracy,
        validation_loss=record.validation_loss,
        validation_accuracy=record.validation_accuracy,
        learning_rate=record.learning_rate,
        gradient_norms=tuple(record.layer_norms),
    )


def _named(layer: Any) -> str:
    """Write a layer as it would be made, without what is as by default."""
    told = []
    for option in fields(layer):
        value = getattr(layer, option.name, None)
        if not option.init or option.name in _UNTOLD_OPTIONS:
            continue
        if option.default is MISSING and option.default_factory is MISSING:
            told.append(repr(value))
        elif value != option.default:
            told.append(f"{option.name}={value!r}")
    return f"{type(layer).__name__}({', '.join(told)})"
