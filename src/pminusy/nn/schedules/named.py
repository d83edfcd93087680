"""Schedules by their names."""

from __future__ import annotations

from pminusy import nn
from pminusy.errors import InputError
from pminusy.nn.names import SCHEDULES
from pminusy.nn.schedules.schedule import Schedule


def schedule_named(name: str) -> Schedule:
    """A new schedule with its defaults, by a name such as "cosine": see `pminusy.nn.names`.

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
    if name not in tuple(SCHEDULES):
        raise InputError(f"schedule: expected one of {', '.join(SCHEDULES)}, got {name!r}")
    schedule: Schedule = getattr(nn, SCHEDULES[name])()
    return schedule
