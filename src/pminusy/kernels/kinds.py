"""What kernels and operations take, as annotations of their parameters: a name and its kind stand side by side.

    @kernel
    def scale(factor: Double, X: Matrix, first: Index, last: Index): ...

A real kind is float32 or float64, one for all parameters of a call; the others name their element. Arrays are
contiguous but for those of layout "A", which may have any strides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol, get_type_hints

import numpy as np
from numba import types

_Array = np.ndarray[Any, Any]


class Kind(Protocol):
    """What an argument is, once the real dtype is known."""

    def type_for(self, real: types.Type) -> types.Type:
        """Its Numba type."""


@dataclass(frozen=True)
class ArrayKind:
    """An array of so many axes; `element` None is the real dtype."""

    axes: int
    element: types.Type | None = None
    layout: str = "C"

    def type_for(self, real: types.Type) -> types.Type:
        """See `Kind`."""
        return types.Array(self.element or real, self.axes, self.layout)


@dataclass(frozen=True)
class NumberKind:
    """A number. An operation finds it in an array of one."""

    element: types.Type

    def type_for(self, real: types.Type) -> types.Type:
        """See `Kind`."""
        return self.element


Vector = Annotated[_Array, ArrayKind(1)]
Matrix = Annotated[_Array, ArrayKind(2)]
Cube = Annotated[_Array, ArrayKind(3)]
Images = Annotated[_Array, ArrayKind(4)]
Doubles = Annotated[_Array, ArrayKind(1, types.float64)]
DoubleMatrix = Annotated[_Array, ArrayKind(2, types.float64)]
Integers = Annotated[_Array, ArrayKind(1, types.int64)]
IntegerMatrix = Annotated[_Array, ArrayKind(2, types.int64)]
Int32s = Annotated[_Array, ArrayKind(1, types.int32)]
Double = Annotated[float, NumberKind(types.float64)]
Index = Annotated[int, NumberKind(types.intp)]


def kinds_of(function: Callable[..., None]) -> dict[str, Kind]:
    """The kinds of a function's annotated parameters, by name and in order."""
    hints = get_type_hints(function, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}
