"""Kernels and operations compiled when first called, once for each dtype, and cached on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from pminusy.kernels.kinds import ArrayKind, Kind, NumberKind, TupleKind, kinds_of
from pminusy.kernels.machine.code_files import CodeFiles
from pminusy.kernels.machine.compiler import (
    arrays,
    caching,
    ccallback,
    dtypes,
    extending,
    ir,
    llvmlite,
    numba,
    types,
)
from pminusy.kernels.machine.functions import OPTIONS, Helper
from pminusy.kernels.machine.sources import sources_of
from pminusy.kernels.machine.table import AXES, WORDS


def numba_type(kind: Kind, real: np.dtype[Any]) -> Any:
    """The type of an argument of this kind."""
    if isinstance(kind, NumberKind):
        return dtypes.from_dtype(kind.element)
    if isinstance(kind, TupleKind):
        return types.NamedTuple([numba_type(field, real) for field in kind.fields], kind.type)
    return types.Array(dtypes.from_dtype(kind.element or real), kind.axes, kind.layout)


def compile_kernel(helper: Helper, real: np.dtype[Any]) -> Any:
    """The machine code of a kernel: a function of Python, entered without a dispatcher."""
    return helper.dispatcher.compile(types.void(*kernel_arguments(helper.function, real)))


def kernel_arguments(function: Callable[..., None], real: np.dtype[Any]) -> tuple[Any, ...]:
    """The types of its arguments, from the kinds of its parameters."""
    return tuple(numba_type(kind, real) for kind in kinds_of(function).values())


def compile_operation(function: Callable[..., None], real: np.dtype[Any]) -> Any:
    """The machine code of an operation, as Numba's `CFunc`."""
    entry, arguments = operation_code(function, real)
    code: Any = ccallback.CFunc(entry, (arguments, types.void), {}, dict(OPTIONS))
    with suppress(RuntimeError):  # no folder to cache in can be written: compile in every process
        code._cache = source_cache(entry)
    code.compile()
    return code


def operation_code(
    function: Callable[..., None], real: np.dtype[Any]
) -> tuple[FunctionType, tuple[Any, ...]]:
    """An operation as a function of (table, step, first, last), and the types of these."""
    kinds = tuple(kinds_of(function).values())
    arguments = (types.CPointer(dtypes.from_dtype(real)), types.intp, types.intp, types.intp)
    return _entry(function, kinds, real), arguments


def source_cache(function: Callable[..., Any]) -> Any:
    """Numba's disk cache, stale as soon as any source or compiler that its machine code came from differs.

    A RuntimeError tells that there is no folder to cache in.
    """
    found = caching.FunctionCache(function)
    stamp = _stamp(Path(function.__code__.co_filename))
    found._cache_file = CodeFiles(found._cache_path, found._impl.filename_base, stamp)
    return _Forgiving(found)


@cache
def _stamp(path: Path) -> str:
    """One hash over the sources that a function in this file is compiled from, and over the compiler's versions."""
    digest = hashlib.sha256(repr([numba.__version__, llvmlite.__version__, np.__version__]).encode())
    for source in sources_of(path):
        digest.update(source.read_bytes())
    return digest.hexdigest()


class _Forgiving:
    """A cache whose folder may turn out not to be writable."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Save the machine code for a signature, where its folder can be written to."""
        with suppress(OSError):
            self._inner.save_overload(sig, data)


def _entry(function: Callable[..., None], kinds: Sequence[Kind], real: np.dtype[Any]) -> FunctionType:
    """The function of (arguments, step, first, last) that unpacks the table; to Numba's cache it is `function`."""
    own = function.__code__
    code = _enter.__code__.replace(
        co_filename=own.co_filename, co_firstlineno=own.co_firstlineno, co_name=own.co_name
    )
    inlined = numba.njit(nogil=True, forceinline=True, **OPTIONS)(function)
    entry = FunctionType(code, {"_function": inlined, "_unpacked": _unpacking(kinds, real)})
    entry.__module__, entry.__qualname__ = function.__module__, function.__qualname__
    return entry


def _enter(arguments, step, first, last):
    _function(*_unpacked(arguments, step, first, last))  # type: ignore[name-defined]  # noqa: F821


def _unpacking(kinds: Sequence[Kind], real: np.dtype[Any]) -> Any:
    """A function of (arguments, step, first, last) that gives what lies in the table, and step, first and last."""

    @extending.intrinsic
    def unpacked(typingctx, arguments, step, first, last):
        slots = [numba_type(kind, real) for kind in kinds]
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


def _word(builder: Any, words: Any, slot: int, number: int) -> Any:
    return builder.load(builder.gep(words, [ir.Constant(ir.IntType(64), slot * WORDS + number)]))


def _read_number(context: Any, builder: Any, words: Any, slot: int, kind: Any) -> Any:
    return builder.load(
        builder.inttoptr(_word(builder, words, slot, 0), context.get_data_type(kind).as_pointer())
    )


def _read_array(context: Any, builder: Any, words: Any, slot: int, kind: Any) -> Any:
    element = context.get_data_type(kind.dtype)
    itemsize = context.get_constant(types.intp, context.get_abi_sizeof(element))
    shape = [_word(builder, words, slot, 1 + axis) for axis in range(kind.ndim)]
    if kind.layout == "C":
        strides = [itemsize]
        for length in reversed(shape[1:]):
            strides.insert(0, builder.mul(strides[0], length))
    else:
        strides = [_word(builder, words, slot, 1 + AXES + axis) for axis in range(kind.ndim)]
    array = arrays.make_array(kind)(context, builder)
    data = builder.inttoptr(_word(builder, words, slot, 0), element.as_pointer())
    arrays.populate_array(array, data=data, shape=shape, strides=strides, itemsize=itemsize, meminfo=None)
    return array._getvalue()
