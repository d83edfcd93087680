"""Kernels with one and the same signature, so that compiled code can run a list of them.

An operation reads and writes arrays whose addresses and shapes lie in a table, and does a range of its items, from
`first` to before `last`: rows of a batch, or parts of a result. Items don't depend on one another, so that ranges may
be done in any order, by any thread. `step` says which step of an epoch it is.

    @operation
    def double(X: Matrix, Y: Matrix, step, first, last):
        for i in range(first, last):
            ...

The parameters before `step` are the slots of the table, in order, each annotated by its kind; what unpacks them is
generated. A slot that is a number is an array of one in the table. Like every kernel, an operation trusts what it is
given.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from types import FunctionType
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core.ccallback import CFunc
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array
from numba.np.numpy_support import as_dtype

from pminusy.kernels import plain
from pminusy.kernels.compile import OPTIONS, SourceCache
from pminusy.kernels.kinds import ArrayKind, Kind, kinds_of
from pminusy.kernels.plain import PLAIN

_AXES = 4
_WORDS = 1 + 2 * _AXES  # of an array in the table: its address, its shape and its strides


class Operation:
    """A function of (slots …, step, first, last) as machine code, compiled when first asked for, cached on disk."""

    def __init__(self, function: Callable[..., None]) -> None:
        self._function = function
        self._code: dict[np.dtype[Any], Any] = {}

    @cached_property
    def slots(self) -> dict[str, Kind]:
        """The kinds of the arrays in the table, by name and in order."""
        return kinds_of(self._function)

    def address(self, dtype: np.dtype[Any]) -> int:
        """Where the machine code for arrays of this dtype is."""
        code = self._code.get(dtype)
        if code is None:
            real = types.float32 if dtype == np.float32 else types.float64
            code = self._code[dtype] = self._plain_entry(real) if PLAIN else self._compile(real)
        return code.address

    def table(self, arrays: tuple[np.ndarray[Any, Any], ...]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The table of these arrays, which must outlive it."""
        if len(arrays) != len(self.slots):
            slots = f"{len(self.slots)} arrays, {', '.join(self.slots)}"
            raise ValueError(f"{self._function.__name__}: expected {slots}; got {len(arrays)}")
        return table(arrays)

    def _plain_entry(self, real: types.Type) -> plain.Entry:
        """The same for a debugger: not compiled, and found by `plain.call`."""
        slots = [kind.type_for(real) for kind in self.slots.values()]

        def entry(arguments: int, step: int, first: int, last: int) -> None:
            words = plain.array_at(arguments, (len(slots), _WORDS), None, np.int64)
            self._function(*map(_plain_slot, words, slots), step, first, last)

        return plain.Entry(entry)

    def _compile(self, real: types.Type) -> Any:
        signature = types.void(types.CPointer(real), types.intp, types.intp, types.intp)
        entry = _entry(self._function, tuple(self.slots.values()))
        code: Any = CFunc(entry, (signature.args, signature.return_type), {}, dict(OPTIONS))
        with suppress(RuntimeError):  # no folder to cache in can be written: compile in every process
            code._cache = SourceCache(entry)
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


_Code = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_ssize_t, ctypes.c_ssize_t)


def run_at(address: int, arguments: np.ndarray[Any, np.dtype[np.int64]], n_items: int) -> None:
    """Do all items of an operation, whose code is at this address."""
    if PLAIN:
        plain.call(address, arguments.ctypes.data, 0, 0, n_items)
    else:
        _Code(address)(arguments.ctypes.data, 0, 0, n_items)


def _plain_slot(words: np.ndarray[Any, np.dtype[np.int64]], slot: types.Type) -> Any:
    """What lies in a slot of the table."""
    if not isinstance(slot, types.Array):
        return plain.array_at(words[0], (1,), None, as_dtype(slot))[0]
    shape, strides = words[1 : 1 + slot.ndim], words[1 + _AXES : 1 + _AXES + slot.ndim]
    return plain.array_at(words[0], tuple(shape.tolist()), tuple(strides.tolist()), as_dtype(slot.dtype))


def _entry(function: Callable[..., None], kinds: Sequence[Kind]) -> FunctionType:
    """The function of (arguments, step, first, last) that unpacks the table; to Numba's cache it is `function`."""
    own = function.__code__
    code = _enter.__code__.replace(
        co_filename=own.co_filename, co_firstlineno=own.co_firstlineno, co_name=own.co_name
    )
    inlined = njit(nogil=True, forceinline=True, **OPTIONS)(function)
    entry = FunctionType(code, {"_function": inlined, "_unpacked": _unpacking(kinds)})
    entry.__module__, entry.__qualname__ = function.__module__, function.__qualname__
    return entry


def _enter(arguments, step, first, last):
    _function(*_unpacked(arguments, step, first, last))  # type: ignore[name-defined]  # noqa: F821


def _unpacking(kinds: Sequence[Kind]) -> Any:
    """A function of (arguments, step, first, last) that gives what lies in the table, and step, first and last."""

    @intrinsic
    def unpacked(typingctx, arguments, step, first, last):
        slots = [kind.type_for(arguments.dtype) for kind in kinds]
        signature = types.Tuple([*slots, step, first, last])(arguments, step, first, last)

        def build(context, builder, signature, values):
            words = builder.bitcast(values[0], ir.IntType(64).as_pointer())
            read = (_read_array if isinstance(kind, ArrayKind) else _read_number for kind in kinds)
            found = [
                read_slot(context, builder, words, number, slot)
                for number, (read_slot, slot) in enumerate(zip(read, slots, strict=True))
            ]
            return context.make_tuple(builder, signature.return_type, [*found, *values[1:]])

        return signature, build

    return unpacked


def _word(builder, words, slot, number):
    return builder.load(builder.gep(words, [ir.Constant(ir.IntType(64), slot * _WORDS + number)]))


def _read_number(context, builder, words, slot, kind):
    return builder.load(
        builder.inttoptr(_word(builder, words, slot, 0), context.get_data_type(kind).as_pointer())
    )


def _read_array(context, builder, words, slot, kind):
    element = context.get_data_type(kind.dtype)
    itemsize = context.get_constant(types.intp, context.get_abi_sizeof(element))
    shape = [_word(builder, words, slot, 1 + axis) for axis in range(kind.ndim)]
    if kind.layout == "C":
        strides = [itemsize]
        for length in reversed(shape[1:]):
            strides.insert(0, builder.mul(strides[0], length))
    else:
        strides = [_word(builder, words, slot, 1 + _AXES + axis) for axis in range(kind.ndim)]
    array = make_array(kind)(context, builder)
    data = builder.inttoptr(_word(builder, words, slot, 0), element.as_pointer())
    populate_array(array, data=data, shape=shape, strides=strides, itemsize=itemsize, meminfo=None)
    return array._getvalue()
