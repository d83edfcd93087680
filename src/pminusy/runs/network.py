"""A neural network, trained on rows as read."""

import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

from pminusy.datasets import Dataset, make_network_preprocessor
from pminusy.datasets.dataset import Labels
from pminusy.errors import InputError
from pminusy.files import check_place
from pminusy.network.estimator import SoftmaxNetwork
from pminusy.network.options import check_parameters
from pminusy.nn.architecture import convolutional_layers, dense_layers
from pminusy.nn.layer import Layer
from pminusy.nn.optimizers.named import optimizer_named
from pminusy.nn.schedules.named import schedule_named
from pminusy.nn.training.checkpoint import Checkpoint
from pminusy.nn.training.history import Ending, EpochRecord
from pminusy.nn.training.progress import Progress
from pminusy.report.outcome import GradientOutcome, gradient_outcome
from pminusy.runs.network_gradient import check_network_gradient
from pminusy.runs.options import NetworkOptions
from pminusy.runs.split import hold_out
from pminusy.runs.watch import Watcher

_HIDDEN, _HIDDEN_AFTER_CONVOLUTIONS = (256,), (128,)
_STOPPING_FRACTION = 0.1
_PATIENCE = 5


class NetworkRecipe:
    """See `pminusy.runs.recipe.Recipe`.

    Raises
    ------
    InputError
        An option is outside its range.
    """

    def __init__(self, options: NetworkOptions, seed: int, threads: int | None) -> None:
        self._options, self._seed, self._threads = options, seed, threads
        default = _HIDDEN_AFTER_CONVOLUTIONS if options.convolutions else _HIDDEN
        self._hidden = default if options.hidden is None else options.hidden
        self._fraction = options.validation_fraction
        if options.early_stopping and self._fraction is None:
            self._fraction = _STOPPING_FRACTION
        self._check()

    def train(self, train: Dataset, watcher: Watcher) -> Pipeline:
        """Fit, and measure the loss on validation rows where the options ask for some."""
        columns = make_network_preprocessor(train, as_images=self._options.convolutions)
        model = self._estimator(self._layers(train))
        watcher.stage("encoding")
        X = columns.fit_transform(train.X)
        watcher.stage("fitting")
        return Pipeline([("columns", columns), ("classifier", self._fit(model, X, train.y, watcher))])

    def check_gradient(self, pipeline: Pipeline, train: Dataset) -> GradientOutcome:
        """Check the gradient with respect to some numbers of every parameter."""
        return gradient_outcome(*check_network_gradient(pipeline, train.X, train.y, self._seed))

    def settings(self, pipeline: Pipeline) -> dict[str, str | float | int | None]:  # noqa: ARG002
        """Take the options down."""
        options = asdict(self._options)
        del options["convolutions"], options["checkpoint"]
        return {
            "model": "cnn" if self._options.convolutions else "network",
            **options,
            "hidden": ", ".join(map(str, self._hidden)),
            "validation_fraction": self._fraction,
            "patience": self._patience if self._options.early_stopping else None,
        }

    @property
    def _patience(self) -> int:
        return _PATIENCE if self._options.patience is None else self._options.patience

    def _check(self) -> None:
        options, model = self._options, self._estimator(None)
        check_parameters(model)
        dense_layers((), options.activation, dropout=options.dropout, batch_norm=options.batch_norm)
        optimizer_named(
            options.optimizer, learning_rate=options.learning_rate, weight_decay=options.weight_decay
        )
        schedule_named(options.schedule)
        if options.checkpoint is not None:
            check_place(options.checkpoint)

    def _layers(self, train: Dataset) -> list[Layer] | None:
        """All hidden layers where there are others than dense ones."""
        if not (self._options.convolutions and train.image_shape):
            return None
        options = self._options
        return convolutional_layers(
            train.image_shape,
            self._hidden,
            options.activation,
            dropout=options.dropout,
            batch_norm=options.batch_norm,
        )

    def _estimator(self, layers: list[Layer] | None) -> SoftmaxNetwork:
        options = self._options
        return SoftmaxNetwork(
            hidden=self._hidden,
            activation=options.activation,
            dropout=options.dropout,
            batch_norm=options.batch_norm,
            layers=layers,
            optimizer=options.optimizer,
            learning_rate=options.learning_rate,
            schedule=options.schedule,
            weight_decay=options.weight_decay,
            batch_size=options.batch_size,
            max_epochs=options.epochs,
            label_smoothing=options.label_smoothing,
            class_weight="balanced" if options.balanced else None,
            early_stopping=options.early_stopping,
            validation_fraction=_STOPPING_FRACTION if self._fraction is None else self._fraction,
            patience=self._patience,
            n_threads=self._threads,
            random_state=self._seed,
            max_gradient_norm=options.max_gradient_norm,
        )

    def _fit(self, model: SoftmaxNetwork, X: Any, y: Labels, watcher: Watcher) -> SoftmaxNetwork:
        path = self._options.checkpoint
        told = _Told(watcher)
        model.callbacks = (told,) if path is None else (told, Checkpoint(path))
        parts = self._divide(X, y)
        with warnings.catch_warnings():
            # The report says how training ended.
            warnings.simplefilter("ignore", ConvergenceWarning)
            if path is None or not path.exists():
                model.fit(*parts)
            else:
                model = SoftmaxNetwork.load(path).set_params(**model.get_params(deep=False))
                watcher.resumed(model.n_iter_, path)
                _resume(model, parts, path)
        _check_usable(model, X)
        return model.set_params(callbacks=())

    def _divide(self, X: Any, y: Labels) -> tuple[Any, ...]:
        """What `fit` takes: rows to learn from, and those to validate on."""
        if self._fraction is None:
            return X, y
        held = hold_out(y, self._fraction, self._seed)
        return (X[~held], y[~held], None, X[held], y[held]) if held.any() else (X, y)


def _check_usable(model: SoftmaxNetwork, X: Any) -> None:
    """Where training diverged, the weights from before may be finite, and what they give not."""
    if model.result_.ending is Ending.NOT_FINITE and not np.isfinite(model.decision_function(X)).all():
        raise InputError(
            f"learning_rate: training diverged at learning_rate={model.learning_rate:g}. {model.result_} "
            "Use a smaller learning rate, or set max_gradient_norm."
        )


def _resume(model: SoftmaxNetwork, parts: tuple[Any, ...], path: Path) -> None:
    try:
        model.resume(*parts)
    # scikit-learn's own check of the columns raises no InputError.
    except ValueError as error:
        raise InputError(
            f"checkpoint: {path} belongs to a different run; use another file: {error}"
        ) from error


class _Told:
    """Passes on to a watcher what a network tells a callback."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_batches(self, progress: Progress) -> None:
        self._watcher.batches(progress)

    def on_epoch(self, model: SoftmaxNetwork, record: EpochRecord) -> None:  # noqa: ARG002
        self._watcher.epoch(record)
