"""What callers pass, made into what kernels take: C-contiguous float32 or float64, copied only if it must be."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.errors import InputError, ShapeError
from pminusy.losses.memory import empty_like

Array = NDArray[Any]


def as_real(name: str, values: ArrayLike) -> Array:
    """A C-contiguous float array: float32 and float64 stay, half precision becomes float32, all else float64."""
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise InputError(f"{name}: expected real numbers, got dtype {array.dtype}")
    narrow = array.dtype.kind == "f" and array.dtype.itemsize <= 4
    return np.require(array, np.float32 if narrow else np.float64, ["C", "A"])


def as_logits(Z: ArrayLike) -> Array:
    """Logits as an (N, K) array with at least one class."""
    array = as_real("Z", Z)
    if array.ndim != 2 or array.shape[1] == 0:
        raise ShapeError(f"Z: expected logits of shape (N, K) with K ≥ 1, got shape {array.shape}")
    return array


def as_like(name: str, values: ArrayLike, Z: Array, Z_name: str = "Z") -> Array:
    """An array of the shape and dtype of Z."""
    array = as_real(name, values).astype(Z.dtype, copy=False)
    if array.shape != Z.shape:
        raise ShapeError(f"{name}: expected the shape of {Z_name}, {Z.shape}, got {array.shape}")
    return array


def in_place_or_apart(out: Array, Z: Array) -> None:
    """Refuse an `out` that overlaps Z without being Z: a row would be overwritten before it is read."""
    same = out.ctypes.data == Z.ctypes.data and out.shape == Z.shape
    if not same and np.may_share_memory(out, Z):
        raise InputError("out: expected Z itself or a separate array, got one that overlaps Z")


def output_like(out: Array | None, like: Array, **read: Array) -> Array:
    """`out` if it can be written while the arrays `read` are being read, a new array if it is None."""
    if out is None:
        return empty_like(like)
    if not isinstance(out, np.ndarray) or out.shape != like.shape or out.dtype != like.dtype:
        came = f"{out.dtype} {out.shape}" if isinstance(out, np.ndarray) else type(out).__name__
        raise ShapeError(f"out: expected a {like.dtype} array of shape {like.shape}, got {came}")
    if not (out.flags.c_contiguous and out.flags.writeable and out.flags.aligned):
        raise InputError("out: expected a writeable C-contiguous array, got one that is not")
    for name, array in read.items():
        if np.may_share_memory(out, array):
            raise InputError(f"out: expected a separate array, got one that overlaps {name}")
    return out
