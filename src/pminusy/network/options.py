"""The parameters of a network's estimator, checked, and what they name, made."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from pminusy.classifier.options import check_threads
from pminusy.errors import InputError
from pminusy.network.defaults import DEFAULTS
from pminusy.nn.architecture import dense_layers
from pminusy.nn.layer import Layer
from pminusy.nn.optimizers.named import optimizer_named
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.schedules.constant import Constant
from pminusy.nn.schedules.named import schedule_named
from pminusy.nn.schedules.schedule import Schedule
from pminusy.nn.training.train import TrainingOptions
from pminusy.options import check_flags, check_integer, check_numbers

_AVERAGED = 0.3
_LAYOUTS = ("NHWC", "NCHW")
_KINDS = {  # what an object has to have, and what to call it
    "layers": (("build", "forward", "parameters", "state"), "layers, such as pminusy.nn.Dense(10)"),
    "optimizer": (
        ("build", "update", "learning_rate", "state"),
        "a name or an optimiser, such as pminusy.nn.Adam()",
    ),
    "schedule": (("factors", "observe", "state"), "a name or a schedule, such as pminusy.nn.Cosine()"),
    "callbacks": (("on_batches", "on_epoch"), "callbacks, see pminusy.nn.Callback"),
}


def check_parameters(model: Any) -> None:
    """An InputError for the first parameter outside its range."""
    check_integer(1, batch_size=model.batch_size, max_epochs=model.max_epochs, patience=model.patience)
    check_integer(0, verbose=model.verbose)
    check_threads(model.n_threads)
    check_flags(batch_norm=model.batch_norm, early_stopping=model.early_stopping, warm_start=model.warm_start)
    check_numbers("[0, 1)", dropout=model.dropout)
    check_numbers("(0, 1)", validation_fraction=model.validation_fraction)
    check_numbers("[0, inf)", weight_decay=model.weight_decay)
    check_numbers("(0, inf)", learning_rate=model.learning_rate)
    if model.average_last is not None:
        check_numbers("[0, 1]", average_last=model.average_last)
    if model.max_gradient_norm is not None:
        check_numbers("(0, inf)", max_gradient_norm=model.max_gradient_norm)
    if model.image_layout not in _LAYOUTS:
        raise InputError(f"image_layout: expected one of {_LAYOUTS}, got {model.image_layout!r}")
    _check_objects(model)
    if isinstance(model.hidden, str) or not isinstance(model.hidden, Sequence | np.ndarray):
        raise InputError(f"hidden: expected a sequence of integers ≥ 1, got {model.hidden!r}")
    for units in model.hidden:
        check_integer(1, hidden=units)


def _check_objects(model: Any) -> None:
    for name in ("layers", "callbacks"):
        value = [] if name == "layers" and model.layers is None else getattr(model, name)
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise InputError(f"{name}: expected a sequence of {_KINDS[name][1]}, got {value!r}")
        for one in value:
            _check_kind(name, one)
    for name in ("optimizer", "schedule"):
        if not isinstance(getattr(model, name), str):
            _check_kind(name, getattr(model, name))


def _check_kind(name: str, value: Any) -> None:
    members, what = _KINDS[name]
    if isinstance(value, type) or not all(hasattr(value, member) for member in members):
        raise InputError(f"{name}: expected {what}, got {value!r}")


def hidden_layers(model: Any) -> Sequence[Layer]:
    """All layers before the one that gives the logits."""
    if model.layers is not None:
        return list(model.layers)
    return dense_layers(
        model.hidden, model.activation, dropout=model.dropout, batch_norm=bool(model.batch_norm)
    )


def make_optimizer(model: Any) -> Optimizer:
    """The optimiser named, with the model's learning rate and weight decay; or a copy of the one given."""
    if not isinstance(model.optimizer, str):
        return copy.deepcopy(model.optimizer)
    return optimizer_named(
        model.optimizer, learning_rate=float(model.learning_rate), weight_decay=float(model.weight_decay)
    )


def make_schedule(model: Any) -> Schedule:
    """The schedule named, or a copy of the one given."""
    return (
        schedule_named(model.schedule) if isinstance(model.schedule, str) else copy.deepcopy(model.schedule)
    )


def training_options(model: Any, n_rows: int, seed: int) -> TrainingOptions:
    """How long to train, and on what."""
    limit = np.inf if model.max_gradient_norm is None else float(model.max_gradient_norm)
    return TrainingOptions(
        batch_size=min(int(model.batch_size), n_rows),
        max_epochs=int(model.max_epochs),
        planned_epochs=int(model.max_epochs),
        patience=int(model.patience),
        seed=seed,
        early_stopping=bool(model.early_stopping),
        max_gradient_norm=limit,
        n_averaged=round(_averaged(model) * model.max_epochs),
    )


def _averaged(model: Any) -> float:
    """The share of the epochs over whose ends the final weights are the mean."""
    if model.average_last is not None:
        return float(model.average_last)
    constant = model.schedule == "constant" or isinstance(model.schedule, Constant)
    return _AVERAGED if constant else 0.0


def warn_of_batch_size(model: Any, n_rows: int) -> None:
    """Say that batches are smaller than was asked for; the default is nobody's wish."""
    if model.batch_size > n_rows and model.batch_size != DEFAULTS["batch_size"]:
        message = f"batch_size: expected at most the number of rows, {n_rows}, got {model.batch_size}; using {n_rows}"
        warnings.warn(message, UserWarning, stacklevel=4)
