"""The parameters of a network's estimator, checked, and what they name, made."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.classifier.options import check_threads
from pminusy.errors import InputError
from pminusy.network.budget import DECAY_BY_LOSS, choose_batch_size, choose_epochs, choose_weight_decay
from pminusy.nn.architecture import dense_layers
from pminusy.nn.layer import Layer
from pminusy.nn.names import SCHEDULES
from pminusy.nn.optimizers.named import optimizer_named
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.schedules.constant import Constant
from pminusy.nn.schedules.cosine import Cosine
from pminusy.nn.schedules.named import schedule_named
from pminusy.nn.schedules.schedule import Schedule
from pminusy.nn.training.options import TrainingOptions
from pminusy.options import check_flags, check_integer, check_numbers

Array = NDArray[Any]

_AVERAGED = 0.3
_MOMENTUM = 0.9
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
    check_integer(1, n_iter_no_change=model.n_iter_no_change)
    for name in ("batch_size", "max_epochs", "max_steps"):
        if getattr(model, name) is not None:
            check_integer(1, **{name: getattr(model, name)})
    check_integer(0, verbose=model.verbose)
    check_threads(model.n_threads)
    check_flags(batch_norm=model.batch_norm, early_stopping=model.early_stopping, warm_start=model.warm_start)
    check_numbers("[0, 1)", dropout=model.dropout)
    check_numbers("(0, 1)", validation_fraction=model.validation_fraction)
    check_numbers("[0, inf)", tol=model.tol)
    if model.weight_decay is not None:
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
        if not isinstance(getattr(model, name), str | None if name == "schedule" else str):
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


def make_optimizer(model: Any, weights: Array | None = None) -> Optimizer:
    """The optimiser named, with the model's learning rate and weight decay; or a copy of the one given.

    Where no weight decay is asked for, it follows from what the rows count in the loss, and is 0 if that is not known;
    AdamW, whose decay is no part of the objective, has its own default.
    """
    if not isinstance(model.optimizer, str):
        return copy.deepcopy(model.optimizer)
    options = {"learning_rate": float(model.learning_rate)}
    if model.optimizer == "sgd":
        options["momentum"] = _MOMENTUM
    if model.weight_decay is not None:
        options["weight_decay"] = float(model.weight_decay)
    elif _decays_by_rows(model):
        options["weight_decay"] = 0.0 if weights is None else choose_weight_decay(weights)
    return optimizer_named(model.optimizer, **options)


def _decays_by_rows(model: Any) -> bool:
    named = isinstance(model.optimizer, str) and model.optimizer != "adamw"
    return named and model.weight_decay is None


def make_schedule(model: Any, *, open_ended: bool = False) -> Schedule:
    """The schedule named, or a copy of the one given; where there is neither, one that suits the training.

    That is cosine decay, or a constant learning rate if nobody knows how many epochs will follow.
    """
    if model.schedule is None:
        return Constant() if open_ended else Cosine()
    return (
        schedule_named(model.schedule) if isinstance(model.schedule, str) else copy.deepcopy(model.schedule)
    )


def training_options(model: Any, n_rows: int, seed: int) -> TrainingOptions:
    """How long to train on so many rows, and in which batches."""
    limit = np.inf if model.max_gradient_norm is None else float(model.max_gradient_norm)
    batch_size = choose_batch_size(model.batch_size, n_rows)
    n_epochs = choose_epochs(model.max_epochs, model.max_steps, -(-n_rows // batch_size))
    return TrainingOptions(
        batch_size=batch_size,
        max_epochs=n_epochs,
        planned_epochs=n_epochs,
        tol=float(model.tol),
        n_iter_no_change=int(model.n_iter_no_change),
        seed=seed,
        early_stopping=bool(model.early_stopping),
        max_gradient_norm=limit,
        n_averaged=round(_averaged(model) * n_epochs),
        decay_by_loss=DECAY_BY_LOSS if _decays_by_rows(model) else 0.0,
    )


def _averaged(model: Any) -> float:
    """The share of the epochs over whose ends the final weights are the mean."""
    if model.average_last is not None:
        return float(model.average_last)
    constant = model.schedule == "constant" or isinstance(model.schedule, Constant)
    return _AVERAGED if constant else 0.0


def chosen_options(
    model: Any, optimizer: Optimizer, schedule: Schedule, options: TrainingOptions
) -> dict[str, Any]:
    """What stands in for the parameters that are None."""
    used = {
        "schedule": next((name for name, kind in SCHEDULES.items() if kind == type(schedule).__name__), None),
        "weight_decay": getattr(optimizer, "weight_decay", None),
        "batch_size": options.batch_size,
        "max_epochs": None if options.open_ended else options.max_epochs,
    }
    return {name: value for name, value in used.items() if getattr(model, name) is None}


def warn_of_batch_size(model: Any, n_rows: int) -> None:
    """Say that batches are smaller than was asked for."""
    if model.batch_size is not None and model.batch_size > n_rows:
        message = f"batch_size: expected at most the number of rows, {n_rows}, got {model.batch_size}; using {n_rows}"
        warnings.warn(message, UserWarning, stacklevel=4)
