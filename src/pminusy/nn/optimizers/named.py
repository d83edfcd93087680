"""Optimisers by their names."""

from __future__ import annotations

from collections.abc import Callable

from pminusy.errors import InputError
from pminusy.nn.optimizers.adam import Adam, AdamW
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.optimizers.sgd import SGD

_OPTIMIZERS: dict[str, Callable[..., Optimizer]] = {"sgd": SGD, "adam": Adam, "adamw": AdamW}


def optimizer_named(name: str, **options: float) -> Optimizer:
    """A new optimiser: "sgd", "adam" or "adamw", with those of its options that are given.

    Raises
    ------
    InputError
        There is none of this name, or an option is outside its interval.

    Examples
    --------
    >>> from pminusy.nn import optimizer_named
    >>> optimizer_named("sgd", learning_rate=0.05, momentum=0.9)
    SGD(learning_rate=0.05, momentum=0.9, nesterov=False, weight_decay=0.0)
    """
    if name not in tuple(_OPTIMIZERS):
        raise InputError(f"optimizer: expected one of {', '.join(_OPTIMIZERS)}, got {name!r}")
    return _OPTIMIZERS[name](**options)
