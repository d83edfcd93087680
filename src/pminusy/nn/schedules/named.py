"""Schedules by their names."""

from __future__ import annotations

from collections.abc import Callable

from pminusy.errors import InputError
from pminusy.nn.schedules.constant import Constant
from pminusy.nn.schedules.cosine import Cosine
from pminusy.nn.schedules.one_cycle import OneCycle
from pminusy.nn.schedules.plateau import ReduceOnPlateau
from pminusy.nn.schedules.schedule import Schedule

_SCHEDULES: dict[str, Callable[[], Schedule]] = {
    "constant": Constant,
    "cosine": Cosine,
    "one_cycle": OneCycle,
    "plateau": ReduceOnPlateau,
}


def schedule_named(name: str) -> Schedule:
    """A new schedule with its defaults: "constant", "cosine", "one_cycle" or "plateau".

    Raises
    ------
    InputError
        There is none of this name.

    Examples
    --------
    >>> from pminusy.nn import schedule_named
    >>> schedule_named("cosine")
    Cosine(warmup=0.05, final=0.0)
    """
    if name not in tuple(_SCHEDULES):
        raise InputError(f"schedule: expected one of {', '.join(_SCHEDULES)}, got {name!r}")
    return _SCHEDULES[name]()
