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
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from pminusy.kernels import plain
from pminusy.kernels.kinds import ArrayKind, Kind, NumberKind, kinds_of
from pminusy.kernels.machine import just_in_time
from pminusy.kernels.machine.library import library
from pminusy.kernels.machine.names import name_of, real_of
from pminusy.kernels.machine.table import AXES, WORDS, table
from pminusy.kernels.plain import PLAIN


class Operation:
    """A function of (slots …, step, first, last) as machine code, compiled when first asked for, cached on disk."""

    def __init__(self, function: Callable[..., None]) -> None:
        self._function = function
        self._addresses: dict[np.dtype[Any], int] = {}
        self._kept: list[Any] = []  # what the addresses lie in

    @cached_property
    def slots(self) -> dict[str, Kind]:
        """The kinds of the arrays in the table, by name and in order."""
        return kinds_of(self._function)

    def address(self, dtype: np.dtype[Any]) -> int:
        """Where the machine code for arrays of this dtype is."""
        address = self._addresses.get(dtype)
        if address is None:
            address = self._addresses[dtype] = self._made(real_of(dtype))
        return address

    def table(self, arrays: tuple[np.ndarray[Any, Any], ...]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The table of these arrays, which must outlive it."""
        if len(arrays) != len(self.slots):
            slots = f"{len(self.slots)} arrays, {', '.join(self.slots)}"
            raise ValueError(f"{self._function.__name__}: expected {slots}; got {len(arrays)}")
        return table(arrays)

    def _made(self, dtype: np.dtype[Any]) -> int:
        if PLAIN:
            return self._plain_entry(dtype).address
        name, found = name_of(self._function, dtype), library()
        if found is not None and name is not None and name in found:
            return found.address(name)
        code = just_in_time.compile_operation(self._function, dtype)
        self._kept.append(code)
        return int(code.address)

    def _plain_entry(self, real: np.dtype[Any]) -> plain.Entry:
        """The same for a debugger: not compiled, and found by `plain.call`."""
        slots = list(self.slots.values())

        def entry(arguments: int, step: int, first: int, last: int) -> None:
            words = plain.array_at(arguments, (len(slots), WORDS), None, np.int64)
            read = (_plain_slot(row, slot, real) for row, slot in zip(words, slots, strict=True))
            self._function(*read, step, first, last)

        return plain.Entry(entry)


operation = Operation


_Code = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_ssize_t, ctypes.c_ssize_t)


def run_at(address: int, arguments: np.ndarray[Any, np.dtype[np.int64]], n_items: int) -> None:
    """Do all items of an operation, whose code is at this address."""
    if PLAIN:
        plain.call(address, arguments.ctypes.data, 0, 0, n_items)
    else:
        _Code(address)(arguments.ctypes.data, 0, 0, n_items)


def _plain_slot(words: np.ndarray[Any, np.dtype[np.int64]], slot: Kind, real: np.dtype[Any]) -> Any:
    """What lies in a slot of the table."""
    if isinstance(slot, NumberKind):
        return plain.array_at(words[0], (1,), None, slot.element)[0]
    assert isinstance(slot, ArrayKind)
    shape, strides = words[1 : 1 + slot.axes], words[1 + AXES : 1 + AXES + slot.axes]
    return plain.array_at(words[0], tuple(shape.tolist()), tuple(strides.tolist()), slot.element or real)
