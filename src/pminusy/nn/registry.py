"""The classes that a saved network may name: those of pminusy.nn, and those of one's own that were registered.

A file never says where code is to be found, only a name that is looked up here.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from enum import Enum
from typing import TypeVar

from pminusy import nn
from pminusy.errors import InputError

Class = TypeVar("Class", bound=type)

# Where those of pminusy.nn are that a file may name.
_PUBLIC = tuple(f"pminusy.nn.{room}" for room in ("layers.", "optimizers.", "schedules.", "training.history"))

_classes: dict[str, type] = {}  # of one's own


def _known(name: str) -> type | None:
    """The class that a file may call by this name."""
    if name in _classes:
        return _classes[name]
    kind = getattr(nn, name) if name in dir(nn) else None
    if not isinstance(kind, type) or not kind.__module__.startswith(_PUBLIC):
        return None
    return kind if is_dataclass(kind) or issubclass(kind, Enum) else None


def register(kind: Class) -> Class:
    """Register a custom layer, optimiser or schedule, so that networks that use it can be saved and loaded.

    Parameters
    ----------
    kind : dataclass
        Its fields must be numbers, strings, tuples or lists of them, or other registered objects. It is saved by name
        and must be registered before a file that uses it is loaded.

    Returns
    -------
    kind

    Raises
    ------
    InputError
        It is not a dataclass, or another class is registered under its name.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> from pminusy.nn import Constant, register
    >>> @register
    ... @dataclass(frozen=True)
    ... class Halved(Constant):
    ...     def factors(self, first_step, n_steps, total_steps):
    ...         return super().factors(first_step, n_steps, total_steps) / 2
    """
    if not is_dataclass(kind):
        raise InputError(f"kind: expected a dataclass, got {kind!r}")
    known = _known(kind.__name__)
    if known is not None and (known.__module__, known.__qualname__) != (kind.__module__, kind.__qualname__):
        raise InputError(f"kind: expected an unused name, got {kind.__name__}, already taken by {known!r}")
    _classes[kind.__name__] = kind
    return kind


def is_registered(kind: type) -> bool:
    """Whether it can be found by its name."""
    return _known(kind.__name__) is kind


def class_named(name: str) -> type:
    """The class of this name.

    Raises
    ------
    InputError
        There is none.
    """
    kind = _known(name)
    if kind is None:
        raise InputError(f"{name}: unknown class; register custom classes first with pminusy.nn.register")
    return kind
