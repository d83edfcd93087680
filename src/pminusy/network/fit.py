"""A fit of a network, from the estimator's parameters and the user's data to the trained weights."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.classifier.examples import Examples
from pminusy.classifier.options import seed_of
from pminusy.classifier.seen_columns import SeenColumns
from pminusy.classifier.targets import class_weights
from pminusy.errors import InputError
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.network.fitted import FittedNetwork
from pminusy.network.options import (
    check_parameters,
    chosen_options,
    hidden_layers,
    make_optimizer,
    make_schedule,
    training_options,
    warn_of_batch_size,
)
from pminusy.network.training import Beginning, Training
from pminusy.network.training_data import (
    check_shape,
    counted_weights,
    make_samples,
    network_dtype,
    read_to_train,
    training_set,
    validation_set,
)
from pminusy.network.validation import read_validation, share_out
from pminusy.nn.architecture import classifier, first_layer
from pminusy.nn.layer import Shape
from pminusy.nn.layers.chain import Chain
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.training.history import EpochRecord
from pminusy.nn.training.options import TrainingOptions
from pminusy.nn.training.progress import Progress
from pminusy.nn.training.snapshot import numbers, put_back
from pminusy.nn.training.state import TrainingState
from pminusy.nn.training.step import Samples
from pminusy.nn.training.train import Trainer

Array = NDArray[Any]


@final
class NetworkFit:
    """A fit that is all checked and built, and can run.

    Parameters
    ----------
    estimator : BaseEstimator
        Read for its parameters only.
    fitted : FittedNetwork
        What is trained, in place.
    data, held : Examples
        What to train on, and what to validate on.
    options : TrainingOptions

    Attributes
    ----------
    n_epochs : int
        How many epochs there will be at most.
    """

    def __init__(
        self,
        estimator: Any,
        fitted: FittedNetwork,
        data: Examples,
        held: Examples | None,
        options: TrainingOptions,
    ) -> None:
        self.fitted = fitted
        training = fitted.training
        self.n_epochs = max(0, options.max_epochs - training.state.n_over)
        training.chosen = chosen_options(estimator, training.optimizer, training.schedule, options)
        weight = class_weights(estimator.class_weight, data.targets, data.weights)
        loss = CrossEntropy(weight=weight, label_smoothing=estimator.label_smoothing)
        dtype, layout = fitted.dtype, estimator.image_layout
        validation = None
        if held is not None:
            validation = validation_set(_samples(fitted, held.X, layout, "X_val"), held, loss, dtype)
        self._trainer = Trainer(
            fitted.network,
            training_set(_samples(fitted, data.X, layout, "X"), data, loss, dtype),
            validation,
            training.optimizer,
            training.schedule,
            options,
            training.state,
        )

    def run(
        self, on_batches: Callable[[Progress], None], on_epoch: Callable[[EpochRecord], bool]
    ) -> FittedNetwork:
        """Train to the end; `on_epoch` may end it, by True."""
        return replace(self.fitted, result=self._trainer.run(on_batches, on_epoch))


def begin(
    estimator: Any,
    earlier: FittedNetwork | None,
    X: Any,
    y: ArrayLike,
    sample_weight: ArrayLike | None,
    validation: tuple[Any, Any],
    classes: ArrayLike | None,
) -> NetworkFit:
    """From fresh weights, or with `warm_start` from those of the fit before."""
    check_parameters(estimator)
    seen = copy.copy(estimator)
    data = read_to_train(seen, X, y, sample_weight, classes, reset=True)
    warn_of_batch_size(estimator, data.X.shape[0])
    given = read_validation(seen, *validation, data.targets.classes)
    optimizer = make_optimizer(estimator, counted_weights(estimator.class_weight, data))
    fitted = _fresh(estimator, SeenColumns.of(seen), data, optimizer)
    if estimator.warm_start and earlier and np.array_equal(earlier.classes, fitted.classes):
        _start_from(fitted.network, earlier.network)
    fitted.training.beginning = Beginning.of(estimator, data, given)
    return _fit_parts(estimator, fitted, data, given)


def go_on(
    estimator: Any,
    earlier: FittedNetwork | None,
    X: Any,
    y: ArrayLike,
    sample_weight: ArrayLike | None,
    classes: ArrayLike | None,
) -> NetworkFit:
    """One epoch more, on other data perhaps."""
    check_parameters(estimator)
    known = None if earlier is None else earlier.classes
    if known is not None and classes is not None and not np.array_equal(known, np.asarray(classes)):
        raise InputError(f"classes: expected those of the first call, {known.tolist()}, got {classes!r}")
    seen = copy.copy(estimator)
    data = read_to_train(seen, X, y, sample_weight, classes if known is None else known, reset=known is None)
    if earlier:
        fitted = earlier.to_train_on()
    else:
        fitted = _fresh(estimator, SeenColumns.of(seen), data, make_optimizer(estimator))
    training = fitted.training
    if estimator.schedule is None:
        training.schedule = make_schedule(estimator, open_ended=True)
    training.beginning = training.state.last = None
    options = _options(estimator, data, training.seed).one_more(training.state.n_over)
    return NetworkFit(estimator, fitted, data, None, options)


def resume(
    estimator: Any,
    earlier: FittedNetwork,
    X: Any,
    y: ArrayLike,
    sample_weight: ArrayLike | None,
    validation: tuple[Any, Any],
) -> NetworkFit:
    """From the end of the last epoch done, with the data of the fit that was broken off."""
    check_parameters(estimator)
    if earlier.training.beginning is None:
        raise InputError("resume: expected a model trained with fit only, got one trained with partial_fit")
    data = read_to_train(estimator, X, y, sample_weight, earlier.classes, reset=False)
    given = read_validation(estimator, *validation, earlier.classes)
    earlier.training.beginning.check(Beginning.of(estimator, data, given))
    return _fit_parts(estimator, earlier.to_train_on(), data, given)


def _fit_parts(estimator: Any, fitted: FittedNetwork, data: Examples, given: Examples | None) -> NetworkFit:
    """Validate on the data given for that, or on rows held out for early stopping."""
    seed = fitted.training.seed
    if given is None and estimator.early_stopping:
        data, given = share_out(data, float(estimator.validation_fraction), seed)
    return NetworkFit(estimator, fitted, data, given, _options(estimator, data, seed))


def _options(estimator: Any, data: Examples, seed: int) -> TrainingOptions:
    n_counted = int(np.count_nonzero(counted_weights(estimator.class_weight, data)))
    return training_options(estimator, max(1, n_counted), seed)


def _fresh(estimator: Any, columns: SeenColumns, data: Examples, optimizer: Optimizer) -> FittedNetwork:
    """A network with weights drawn by the seed, before its first epoch."""
    seed, layers, dtype = seed_of(estimator.random_state), hidden_layers(estimator), network_dtype(data.X)
    shape = make_samples(data.X, dtype, estimator.image_layout, first_layer(layers)).shape
    network = classifier(layers, len(shape), data.targets.n_classes)
    network.build(shape, dtype, np.random.default_rng(seed))
    training = Training(optimizer, make_schedule(estimator), TrainingState(), seed)
    training.optimizer.build(network.parameters)
    return FittedNetwork(network, data.targets.classes, shape, columns, training)


def adopt(estimator: Any, network: Chain, shape: Shape, classes: Array) -> FittedNetwork:
    """A network that was built and trained elsewhere, for samples of this shape; `partial_fit` may go on from it."""
    training = Training(
        make_optimizer(estimator),
        make_schedule(estimator, open_ended=True),
        TrainingState(),
        seed_of(estimator.random_state),
    )
    training.optimizer.build(network.parameters)
    return FittedNetwork(network, classes, shape, SeenColumns(math.prod(shape)), training)


def _start_from(network: Chain, earlier: Chain) -> None:
    """Give a network another one's numbers where it has the same ones."""
    new, old = numbers(network), numbers(earlier)
    if {name: array.shape for name, array in new.items()} == {
        name: array.shape for name, array in old.items()
    }:
        put_back(new, old)


def _samples(fitted: FittedNetwork, X: Any, image_layout: str, name: str) -> Samples:
    made = make_samples(X, fitted.dtype, image_layout, first_layer(fitted.network.layers))
    check_shape(made, fitted.sample_shape, name)
    return made
