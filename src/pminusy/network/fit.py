"""A fit of a network, from the estimator's parameters and the user's data to the trained weights."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.classifier.options import seed_of
from pminusy.classifier.targets import class_weights
from pminusy.errors import InputError
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.network.data import (
    check_shape,
    make_samples,
    network_dtype,
    training_set,
    validation_set,
)
from pminusy.network.input import Data, hold_out, read_data, read_validation
from pminusy.network.options import (
    check_parameters,
    hidden_layers,
    make_optimizer,
    make_schedule,
    training_options,
    warn_of_batch_size,
)
from pminusy.network.training import Beginning, Training
from pminusy.nn.architecture import classifier, first_layer
from pminusy.nn.layers.chain import Chain
from pminusy.nn.training.history import EpochRecord
from pminusy.nn.training.progress import Progress
from pminusy.nn.training.snapshot import numbers, put_back
from pminusy.nn.training.step import Samples
from pminusy.nn.training.train import Trainer, TrainingOptions, TrainingState

if TYPE_CHECKING:
    from pminusy.network.estimator import SoftmaxNetwork

Array = NDArray[Any]


class NetworkFit:
    """A fit that is all checked and built, and can run.

    It works on a copy of the estimator, `model`, so that the estimator stays as it was until the fit has ended.
    """

    def __init__(
        self,
        model: SoftmaxNetwork,
        data: Data,
        held: Data | None,
        training: Training,
        options: TrainingOptions,
    ) -> None:
        self._model = model
        model.classes_, model.temperature_, model._training = data.targets.classes, 1.0, training
        dtype = model.network_.parameters[0].value.dtype
        weight = class_weights(model.class_weight, data.targets, data.weights)
        loss = CrossEntropy(weight=weight, label_smoothing=model.label_smoothing)
        self._trainer = Trainer(
            model.network_,
            training_set(_samples(model, data.X, dtype, "X"), data, loss, dtype),
            None
            if held is None
            else validation_set(_samples(model, held.X, dtype, "X_val"), held, loss, dtype),
            training.optimizer,
            training.schedule,
            options,
            training.state,
        )

    @classmethod
    def begin(
        cls,
        estimator: SoftmaxNetwork,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None,
        validation: tuple[Any, Any],
        classes: ArrayLike | None,
    ) -> Self:
        """From fresh weights, or with `warm_start` from those of the last fit."""
        model = _working_copy(estimator)
        model.__dict__.pop("result_", None)
        data = read_data(model, X, y, sample_weight, classes, reset=True)
        warn_of_batch_size(model, data.X.shape[0])
        given = read_validation(model, *validation, data.targets.classes)
        seed = seed_of(model.random_state)
        earlier = getattr(model, "network_", None)
        same_classes = np.array_equal(getattr(model, "classes_", ()), data.targets.classes)
        _build(model, data, seed)
        if model.warm_start and earlier is not None and same_classes:
            _start_from(model.network_, earlier)
        training = _fresh_training(model, seed)
        training.beginning = Beginning.of(model, data, given)
        return cls(model, *_parts(model, data, given, seed), training, _options(model, data, seed))

    @classmethod
    def go_on(
        cls,
        estimator: SoftmaxNetwork,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None,
        classes: ArrayLike | None,
    ) -> Self:
        """One epoch more, on other data perhaps."""
        model = _working_copy(estimator)
        known = getattr(model, "classes_", None)
        if known is not None and classes is not None and not np.array_equal(known, np.asarray(classes)):
            raise InputError(f"classes: expected those of the first call, {known.tolist()}, got {classes!r}")
        data = read_data(model, X, y, sample_weight, classes if known is None else known, reset=known is None)
        if known is None:
            seed = seed_of(model.random_state)
            _build(model, data, seed)
            model._training = _fresh_training(model, seed)
        training = model._training
        training.beginning = training.state.last = None
        options = _options(model, data, training.seed).one_more(training.state.n_epochs)
        return cls(model, data, None, training, options)

    @classmethod
    def resume(
        cls,
        estimator: SoftmaxNetwork,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None,
        validation: tuple[Any, Any],
    ) -> Self:
        """From the end of the last epoch done, with the data of the fit that was broken off."""
        model = _working_copy(estimator)
        training = model._training
        if training.beginning is None:
            raise InputError("resume: expected a model trained by fit alone, got one trained by partial_fit")
        data = read_data(model, X, y, sample_weight, model.classes_, reset=False)
        given = read_validation(model, *validation, model.classes_)
        training.beginning.check(Beginning.of(model, data, given))
        parts = _parts(model, data, given, training.seed)
        return cls(model, *parts, training, _options(model, data, training.seed))

    def run(self) -> SoftmaxNetwork:
        """Train; gives the estimator as it is to become."""
        self._model.result_ = self._trainer.run(self._on_batches, self._on_epoch)
        self._note()
        return self._model

    def _on_batches(self, progress: Progress) -> None:
        for callback in self._model.callbacks:
            callback.on_batches(progress)

    def _on_epoch(self, record: EpochRecord) -> bool:
        self._note()
        if self._model.verbose and record.epoch % self._model.verbose == 0:
            print(record)
        answers = [callback.on_epoch(self._model, record) for callback in self._model.callbacks]
        return any(answers)

    def _note(self) -> None:
        self._model.history_ = list(self._model._training.state.history)
        self._model.n_iter_ = len(self._model.history_)


def _working_copy(estimator: SoftmaxNetwork) -> SoftmaxNetwork:
    check_parameters(estimator)
    model = copy.copy(estimator)
    for name in ("network_", "_training"):  # what training changes in place
        if hasattr(model, name):
            setattr(model, name, copy.deepcopy(getattr(model, name)))
    return model


def _parts(model: SoftmaxNetwork, data: Data, given: Data | None, seed: int) -> tuple[Data, Data | None]:
    """What to train on, and what to validate on: the data given for that, or rows held out for early stopping."""
    if given is None and model.early_stopping:
        return hold_out(data, float(model.validation_fraction), seed)
    return data, given


def _options(model: SoftmaxNetwork, data: Data, seed: int) -> TrainingOptions:
    return training_options(model, data.X.shape[0], seed)


def _build(model: SoftmaxNetwork, data: Data, seed: int) -> None:
    layers, dtype = hidden_layers(model), network_dtype(data.X)
    model._sample_shape = make_samples(data.X, dtype, model.image_layout, first_layer(layers)).shape
    model.network_ = classifier(layers, len(model._sample_shape), data.targets.n_classes)
    model.network_.build(model._sample_shape, dtype, np.random.default_rng(seed))


def _start_from(network: Chain, earlier: Chain) -> None:
    """Give a network another one's numbers where it has the same ones."""
    new, old = numbers(network), numbers(earlier)
    if {name: array.shape for name, array in new.items()} == {
        name: array.shape for name, array in old.items()
    }:
        put_back(new, old)


def _samples(model: SoftmaxNetwork, X: Any, dtype: np.dtype[Any], name: str) -> Samples:
    made = make_samples(X, dtype, model.image_layout, first_layer(model.network_.layers))
    check_shape(made, model._sample_shape, name)
    return made


def _fresh_training(model: SoftmaxNetwork, seed: int) -> Training:
    training = Training(make_optimizer(model), make_schedule(model), TrainingState(), seed)
    training.optimizer.build(model.network_.parameters)
    return training
