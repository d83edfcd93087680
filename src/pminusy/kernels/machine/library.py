"""The package's library for this processor: machine code of all kernels and operations, without a compiler.

The environment variable PMINUSY_KERNELS names a level, which must be there; "jit" has everything compiled just in time.
Without it the highest level is used that the processor has and that was built. A library of other sources, as in a
checkout that is being edited, is passed over; one that cannot be used is, too, with a warning.
"""

from __future__ import annotations

import ctypes
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from pminusy.errors import InputError
from pminusy.kernels.machine.levels import levels_here
from pminusy.kernels.machine.manifest import LIBRARIES, LibraryError, Manifest, library_path, sources_hash

VARIABLE = "PMINUSY_KERNELS"
JUST_IN_TIME = "jit"
_HEADER_WORDS = (2, 4)  # of an object of CPython, with the global lock and without


class Library:
    """A library that was loaded."""

    def __init__(self, path: Path, names: frozenset[str]) -> None:
        self._names = names
        try:
            self._library = ctypes.CDLL(str(path), getattr(os, "RTLD_NOW", 0) | ctypes.RTLD_LOCAL)
            ctypes.c_ssize_t.in_dll(self._library, "pminusy_header").value = object.__basicsize__
            ctypes.c_void_p.in_dll(self._library, "pminusy_array_type").value = id(np.ndarray)
        except (OSError, ValueError) as error:
            raise LibraryError(f"{path}: expected a library for this machine, got {error}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def kernel(self, name: str) -> Callable[..., None]:
        """A kernel as a function of Python."""
        create = ctypes.pythonapi.PyCFunction_NewEx
        create.restype, create.argtypes = ctypes.py_object, [ctypes.c_void_p] * 3
        method = ctypes.c_char.in_dll(self._library, name)
        function: Callable[..., None] = create(ctypes.addressof(method), None, None)
        return function

    def address(self, name: str) -> int:
        """Where an operation is."""
        return ctypes.cast(self._library[name], ctypes.c_void_p).value or 0


@cache
def library() -> Library | None:
    """The library that is used in this process; None where everything is compiled just in time."""
    wanted = os.environ.get(VARIABLE)
    if wanted == JUST_IN_TIME:
        return None
    here = [level.name for level in levels_here()]
    if wanted is not None:
        if wanted not in here:
            expected = " or ".join([*here, JUST_IN_TIME])
            raise InputError(f"{VARIABLE}: expected {expected} on this processor, got {wanted!r}")
        return load(library_path(LIBRARIES, wanted))
    return _best([library_path(LIBRARIES, name) for name in reversed(here)])


def _best(paths: Sequence[Path]) -> Library | None:
    """The first that is there, of the sources as they are, and can be used; a warning tells if one before it cannot."""
    found, unusable = None, list[LibraryError]()
    for path in paths:
        try:
            found = _loaded_if_current(path)
        except LibraryError as error:
            unusable.append(error)
        if found:
            break
    if unusable:
        instead = f"{path.stem} is used" if found else "kernels are compiled just in time"
        warnings.warn(f"{unusable[0]}; {instead} instead, which is slower", RuntimeWarning, stacklevel=3)
    return found


def load(path: Path) -> Library:
    """The library in a file, after all checks; a LibraryError if one fails."""
    manifest = Manifest.read(path.with_suffix(".json"))
    manifest.check(path)
    if manifest.level != path.stem:
        raise LibraryError(f"{path}: expected a library for {path.stem}, got one for {manifest.level}")
    if manifest.sources != sources_hash():
        raise LibraryError(f"{path}: expected a library of the installed sources, got one of others")
    if not _arrays_are_as_known():
        raise LibraryError(f"{path}: expected arrays of NumPy 2 under CPython, got others")
    return Library(path, frozenset(manifest.names))


def _loaded_if_current(path: Path) -> Library | None:
    """The library; None where there is none, or the sources have been edited since."""
    try:
        path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LibraryError(f"{path}: expected a library, got {error.strerror}") from None
    return load(path) if Manifest.read(path.with_suffix(".json")).sources == sources_hash() else None


def _arrays_are_as_known() -> bool:
    """Whether an array lies in memory as `entry_points` reads it."""
    header = object.__basicsize__
    if sys.implementation.name != "cpython" or header not in (8 * words for words in _HEADER_WORDS):
        return False
    array = np.zeros((3, 5), np.float32)
    word, half = ctypes.c_void_p.from_address, ctypes.c_int.from_address
    start = id(array) + header
    descr = word(start + 40).value or 0
    shape, strides = (word(start + offset).value or 0 for offset in (16, 24))
    found: tuple[Any, ...] = (
        word(start - 8).value,
        word(start).value,
        half(start + 8).value,
        *(word(shape + 8 * axis).value for axis in range(2)),
        *(word(strides + 8 * axis).value for axis in range(2)),
        descr,
        half(start + 48).value & 0x101,
        half(descr + header + 12).value,
    )
    expected = id(np.ndarray), array.ctypes.data, 2, 3, 5, 20, 4, id(array.dtype), 0x101, array.dtype.num
    return found == expected
