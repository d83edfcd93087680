"""All kernels and operations of the package, and the names that they have in a library.

What is compiled ahead is this list. A kernel that is called looks for its name in the library, and is compiled just in
time where there is none.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from pminusy.kernels.compile import Kernel
from pminusy.kernels.machine.names import DTYPES, name_of
from pminusy.kernels.machine.sources import ROOMS
from pminusy.kernels.operations import Operation


class Item(NamedTuple):
    """A kernel or an operation for one dtype."""

    name: str
    function: Callable[..., None]
    dtype: np.dtype[Any]
    kernel: Kernel | None  # None for an operation


def catalogue() -> dict[str, Item]:
    """Every item, by its name."""
    found: dict[str, Item] = {}
    for declared in _declared():
        function = declared._function
        for dtype in DTYPES:
            name = name_of(function, dtype)
            assert name is not None
            if name in found and found[name].function is not function:
                raise ValueError(f"{name}: expected one function of this name, got two")
            found[name] = Item(name, function, dtype, declared if isinstance(declared, Kernel) else None)
    return found


def _declared() -> Iterator[Kernel | Operation]:
    for room in ROOMS:
        package = importlib.import_module(f"pminusy.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Kernel | Operation) and value._function.__module__ == module.name:
                    yield value
