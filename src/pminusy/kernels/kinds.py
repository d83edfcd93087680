"""What kernels and operations take, as annotations of their parameters: a name and its kind stand side by side.

    @kernel
    def scale(factor: Double, X: Matrix, first: Index, last: Index): ...

A real kind is float32 or float64, one for all parameters of a call; the others name their element. Arrays are
contiguous but for those of layout "A", which may have any strides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

import numpy as np

_Array = np.ndarray[Any, Any]
_DType = np.dtype[Any]
_F64, _I64, _I32 = (np.dtype(kind) for kind in (np.float64, np.int64, np.int32))


@dataclass(frozen=True)
class ArrayKind:
    """An array of so many axes; `element` None is the real dtype."""

    axes: int
    element: _DType | None = None
    layout: str = "C"


@dataclass(frozen=True)
class NumberKind:
    """A number. An operation finds it in an array of one."""

    element: _DType


@dataclass(frozen=True)
class TupleKind:
    """A named tuple of arrays."""

    type: type
    fields: tuple[ArrayKind, ...]


Kind = ArrayKind | NumberKind | TupleKind

Vector = Annotated[_Array, ArrayKind(1)]
Matrix = Annotated[_Array, ArrayKind(2)]
Cube = Annotated[_Array, ArrayKind(3)]
Images = Annotated[_Array, ArrayKind(4)]
Doubles = Annotated[_Array, ArrayKind(1, _F64)]
DoubleMatrix = Annotated[_Array, ArrayKind(2, _F64)]
Integers = Annotated[_Array, ArrayKind(1, _I64)]
IntegerMatrix = Annotated[_Array, ArrayKind(2, _I64)]
Int32s = Annotated[_Array, ArrayKind(1, _I32)]
Double = Annotated[float, NumberKind(_F64)]
Index = Annotated[int, NumberKind(np.dtype(np.intp))]

DENSE_AND_SPARSE = (ArrayKind(2), ArrayKind(1), ArrayKind(1, _I32), ArrayKind(1, _I64))
"""A matrix; and a CSR or CSC one's numbers, their places in their row or column, and where each of those begins."""


def kinds_of(function: Callable[..., None]) -> dict[str, Kind]:
    """The kinds of a function's annotated parameters, by name and in order."""
    hints = get_type_hints(function, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def parts_of(kind: Kind) -> tuple[ArrayKind | NumberKind, ...]:
    """The arrays and numbers that an argument of this kind consists of."""
    return kind.fields if isinstance(kind, TupleKind) else (kind,)


def is_real(kind: Kind) -> bool:
    """Whether it depends on the real dtype."""
    return any(isinstance(part, ArrayKind) and part.element is None for part in parts_of(kind))
