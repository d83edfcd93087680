"""Kernels with one and the same signature, so that compiled code can run a list of them.

An operation reads and writes arrays whose addresses and shapes lie in a table, and does a range of its items, from
`first` to before `last`: rows of a batch, or parts of a result. Items don't depend on one another, so that ranges may
be done in any order, by any thread. `step` says which step of an epoch it is.

    @operation
    def double(arguments, step, first, last):
        X, Y = matrix(arguments, 0), matrix(arguments, 1)
        for i in range(first, last):
            ...

Arrays are contiguous but for `strided`. Their real dtype, float32 or float64, is one for all of an operation's
arguments, except where an accessor names another. Like every kernel, an operation trusts what it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core.ccallback import CFunc
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array

from pminusy.kernels.compile import OPTIONS, SourceCache

_AXES = 4
_WORDS = 1 + 2 * _AXES  # of an array in the table: its address, its shape and its strides


class Operation:
    """A function of (arguments, step, first, last) as machine code, compiled when first asked for, cached on disk."""

    def __init__(self, function: Callable[..., None]) -> None:
        self._function = function
        self._code: dict[np.dtype[Any], Any] = {}

    def address(self, dtype: np.dtype[Any]) -> int:
        """Where the machine code for arrays of this dtype is."""
        code = self._code.get(dtype)
        if code is None:
            real = types.float32 if dtype == np.float32 else types.float64
            signature = types.void(types.CPointer(real), types.intp, types.intp, types.intp)
            code = self._code[dtype] = self._compile(signature)
        return code.address

    def _compile(self, signature: Any) -> Any:
        code: Any = CFunc(self._function, (signature.args, signature.return_type), {}, dict(OPTIONS))
        with suppress(RuntimeError):  # no folder to cache in can be written: compile in every process
            code._cache = SourceCache(self._function)
        code.compile()
        return code


operation = Operation


def table(arrays: tuple[np.ndarray[Any, Any], ...]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The arguments of an operation as it reads them: where every array is, which must outlive it, and its shape."""
    words = np.zeros((len(arrays), _WORDS), np.int64)
    for row, array in zip(words, arrays, strict=True):
        row[0] = array.ctypes.data
        row[1 : 1 + array.ndim] = array.shape
        row[1 + _AXES : 1 + _AXES + array.ndim] = array.strides
    return words


def accessor(axes: int, element: types.Type | None = None, layout: str = "C"):
    """A function of (arguments, position) that gives the array at that position of the table.

    `element` None is the operation's real dtype. Layout "C" is contiguous, "A" has any strides.
    """

    @intrinsic
    def array_at(typingctx, arguments, position):
        kind = types.Array(element or arguments.dtype, axes, layout)

        def build(context, builder, signature, values):
            words = builder.bitcast(values[0], ir.IntType(64).as_pointer())
            base = builder.mul(values[1], context.get_constant(types.intp, _WORDS))

            def word(number):
                place = builder.add(base, context.get_constant(types.intp, number))
                return builder.load(builder.gep(words, [place]))

            value_type = context.get_data_type(kind.dtype)
            itemsize = context.get_constant(types.intp, context.get_abi_sizeof(value_type))
            shape = [word(1 + axis) for axis in range(axes)]
            if layout == "C":
                strides = [itemsize]
                for length in reversed(shape[1:]):
                    strides.insert(0, builder.mul(strides[0], length))
            else:
                strides = [word(1 + _AXES + axis) for axis in range(axes)]
            array = make_array(kind)(context, builder)
            data = builder.inttoptr(word(0), value_type.as_pointer())
            populate_array(array, data=data, shape=shape, strides=strides, itemsize=itemsize, meminfo=None)
            return array._getvalue()

        return kind(arguments, types.intp), build

    return array_at


vector = accessor(1)
matrix = accessor(2)
cube = accessor(3)
images = accessor(4)
doubles = accessor(1, types.float64)
integers = accessor(1, types.int64)
integer_matrix = accessor(2, types.int64)
