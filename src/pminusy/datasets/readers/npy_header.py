"""The header of an array in NumPy's format, checked before NumPy believes it."""

import io
from math import prod
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy

from pminusy.datasets.readers.limits import check_memory
from pminusy.errors import DataError

_MAX_HEADER = 1 << 16  # bytes; those that NumPy writes for arrays of numbers have 128


def check_npy(file: IO[bytes], n_bytes: int, what: str) -> None:
    """Refuse an array whose header announces something else than the file has, or more than memory holds.

    Parameters
    ----------
    file : binary file
        At the start of the array in the format of `numpy.lib.format`, version 1 or 2.
    n_bytes : int
        Its size, header included.
    what : str
        For messages: the file and the array's name.

    Raises
    ------
    DataError
        The array holds Python objects, is damaged or truncated, or is too large.
    """
    shape, dtype, n_header = _header(file, what)
    if dtype.hasobject:
        raise DataError(f"{what} cannot be read: it holds Python objects")
    if not all(type(size) is int and size >= 0 for size in shape):
        raise DataError(f"{what} cannot be read: expected a shape of integers ≥ 0, got {_shown(shape)}")
    expected = prod(shape) * dtype.itemsize
    # An empty dtype takes no bytes, and its elements can be any number all the same.
    check_memory(max(expected, prod(shape)), f"{what} of shape {_shown(shape)}")
    if expected != n_bytes - n_header:
        raise DataError(
            f"{what} cannot be read: expected {expected} bytes for shape {_shown(shape)} and dtype {dtype}, "
            f"got {n_bytes - n_header}"
        )


def _header(file: IO[bytes], what: str) -> tuple[tuple[Any, ...], np.dtype[Any], int]:
    start = file.read(12)
    if start[:6] != npy.MAGIC_PREFIX or len(start) < 12:
        raise DataError(f"{what} cannot be read: expected a NumPy array, got {_kind(start)}")
    n_length = 2 if start[6] == 1 else 4
    length = int.from_bytes(start[8 : 8 + n_length], "little")
    if start[6] not in (1, 2) or length > _MAX_HEADER:
        raise DataError(f"{what} cannot be read: its header is not that of an array of numbers")
    whole = io.BytesIO(start + file.read(8 + n_length + length - len(start)))
    whole.seek(8)
    read = npy.read_array_header_1_0 if start[6] == 1 else npy.read_array_header_2_0
    try:
        shape, _, dtype = read(whole)
    # The header is a Python expression: a damaged one fails wherever it stumbles.
    except Exception as error:
        raise DataError(f"{what} cannot be read: its header is damaged") from error
    return shape, dtype, whole.tell()


def _kind(start: bytes) -> str:
    return "a pickled object" if start.startswith(b"\x80") else f"{start!r}" if start else "nothing"


def _shown(shape: tuple[Any, ...]) -> str:
    text = repr(shape)
    return text if len(text) <= 60 else f"{text[:57]}…"
