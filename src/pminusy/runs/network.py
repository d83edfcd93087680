"""A neural network, trained on rows as read."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

from pminusy.datasets import Dataset, make_network_preprocessor
from pminusy.datasets.readers.limits import check_layer_memory
from pminusy.errors import InputError
from pminusy.files import check_place
from pminusy.network.defaults import DEFAULTS
from pminusy.network.estimator import SoftmaxNetwork
from pminusy.network.options import check_parameters, hidden_layers, make_optimizer, make_schedule
from pminusy.nn.architecture import convolutional_layers
from pminusy.nn.layer import Layer
from pminusy.nn.training.checkpoint import Checkpoint
from pminusy.nn.training.history import Ending, EpochRecord
from pminusy.nn.training.progress import Progress
from pminusy.report.outcome import GradientOutcome, gradient_outcome
from pminusy.runs.network_gradient import check_network_gradient
from pminusy.runs.options import NetworkOptions
from pminusy.runs.split import hold_out
from pminusy.runs.trained import Trained
from pminusy.runs.watch import Watcher

_HIDDEN_AFTER_CONVOLUTIONS = (128,)


class NetworkRecipe:
    """See `pminusy.runs.recipe.Recipe`.

    Raises
    ------
    InputError
        An option is outside its range.
    """

    def __init__(self, options: NetworkOptions, seed: int, threads: int | None) -> None:
        self._options, self._seed, self._threads = options, seed, threads
        model = self._estimator()
        check_parameters(model)
        hidden_layers(model)
        make_optimizer(model)
        make_schedule(model)
        validates = model.early_stopping or "validation_fraction" in options.parameters
        self._fraction = model.validation_fraction if validates else None
        if options.checkpoint is not None:
            check_place(options.checkpoint)

    def divide(self, train: Dataset) -> tuple[Dataset, Dataset | None]:
        """Hold out validation rows where the options ask for some."""
        if self._fraction is None:
            return train, None
        held = hold_out(train.y, self._fraction, self._seed)
        return (train.take(~held), train.take(held)) if held.any() else (train, None)

    def train(self, train: Dataset, validation: Dataset | None, watcher: Watcher) -> Trained:
        """Fit, and measure the loss on the validation rows, if there are any."""
        columns = make_network_preprocessor(train, as_images=self._options.convolutions)
        model = self._estimator()
        if train.kind == "matrix" and model.hidden:
            check_layer_memory(train.X.shape[1], model.hidden[0])
        model.layers = self._layers(model, train)
        watcher.stage("encoding")
        rows: tuple[Any, ...] = (columns.fit_transform(train.X), train.y)
        if validation is not None:
            rows = (*rows, None, columns.transform(validation.X), validation.y)
        watcher.stage("fitting")
        return Trained(Pipeline([("columns", columns), ("classifier", self._fit(model, rows, watcher))]))

    def check_gradient(self, pipeline: Pipeline, train: Dataset) -> GradientOutcome:
        """Check the gradient with respect to some numbers of every parameter."""
        return gradient_outcome(*check_network_gradient(pipeline, train.X, train.y, self._seed))

    def settings(self, pipeline: Pipeline) -> dict[str, str | float | int | None]:
        """Take the parameters down, with what was chosen for those that were left open."""
        model = pipeline["classifier"]
        return {
            "model": "cnn" if self._options.convolutions else "network",
            **{name: getattr(model, name) for name in DEFAULTS},
            **model.chosen_,
            "hidden": ", ".join(map(str, model.hidden)),
            "validation_fraction": self._fraction,
        }

    def _estimator(self) -> SoftmaxNetwork:
        default = {"hidden": _HIDDEN_AFTER_CONVOLUTIONS} if self._options.convolutions else {}
        parameters = {**default, **self._options.parameters}
        return SoftmaxNetwork(**parameters, n_threads=self._threads, random_state=self._seed)

    def _layers(self, model: SoftmaxNetwork, train: Dataset) -> list[Layer] | None:
        """All hidden layers where there are others than dense ones."""
        if not (self._options.convolutions and train.image_shape):
            return None
        return convolutional_layers(
            (train.image_shape[0], train.image_shape[1]),
            model.hidden,
            model.activation,
            dropout=model.dropout,
            batch_norm=model.batch_norm,
        )

    def _fit(self, model: SoftmaxNetwork, rows: tuple[Any, ...], watcher: Watcher) -> SoftmaxNetwork:
        """Train on rows as `SoftmaxNetwork.fit` takes them."""
        path = self._options.checkpoint
        teller = _Teller(watcher)
        model.callbacks = (teller,) if path is None else (teller, Checkpoint(path))
        with warnings.catch_warnings():
            # The report says how training ended.
            warnings.simplefilter("ignore", ConvergenceWarning)
            if path is None or not path.exists():
                model.fit(*rows)
            else:
                model = SoftmaxNetwork.load(path).set_params(**model.get_params(deep=False))
                watcher.resumed(model.n_iter_, path)
                _resume(model, rows, path)
        _check_usable(model, rows[0])
        return model.set_params(callbacks=())


def _check_usable(model: SoftmaxNetwork, X: Any) -> None:
    """Where training diverged, the weights from before may be finite, and what they give not."""
    if model.result_.ending is Ending.NOT_FINITE and not np.isfinite(model.decision_function(X)).all():
        raise InputError(
            f"learning_rate: training diverged at learning_rate={model.learning_rate:g}. {model.result_} "
            "Use a smaller learning rate, or set max_gradient_norm."
        )


def _resume(model: SoftmaxNetwork, rows: tuple[Any, ...], path: Path) -> None:
    try:
        model.resume(*rows)
    # scikit-learn's own check of the columns raises no InputError.
    except ValueError as error:
        raise InputError(
            f"checkpoint: {path} belongs to a different run; use another file: {error}"
        ) from error


class _Teller:
    """Passes on to a watcher what a network tells a callback."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_batches(self, progress: Progress) -> None:
        self._watcher.batches(progress)

    def on_epoch(self, model: SoftmaxNetwork, record: EpochRecord) -> None:  # noqa: ARG002
        self._watcher.epoch(record)
