"""Optimisers by their names."""

from __future__ import annotations

from pminusy import nn
from pminusy.errors import InputError
from pminusy.nn.names import OPTIMIZERS
from pminusy.nn.optimizers.optimizer import Optimizer

_OPTIONS = {"sgd": {"momentum": 0.9}}  # what goes without saying


def optimizer_named(name: str, **options: float) -> Optimizer:
    """A new optimiser, by a name such as "adam" (see `pminusy.nn.names`), with those of its options that are given.

    "sgd" has momentum 0.9 where none is given.

    Raises
    ------
    InputError
        There is none of this name, or an option is outside its interval.

    Examples
    --------
    >>> from pminusy.nn import optimizer_named
    >>> optimizer_named("sgd", learning_rate=0.05)
    SGD(learning_rate=0.05, momentum=0.9, nesterov=False, weight_decay=0.0)
    """
    if name not in tuple(OPTIMIZERS):
        raise InputError(f"optimizer: expected one of {', '.join(OPTIMIZERS)}, got {name!r}")
    optimizer: Optimizer = getattr(nn, OPTIMIZERS[name])(**_OPTIONS.get(name, {}) | options)
    return optimizer
