"""Room for what is kept of each row: memory, or a file that is mapped into it and vanishes with the array."""

from __future__ import annotations

import mmap
import tempfile
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def make_room(shape: tuple[int, ...], dtype: np.dtype[Any], most_bytes: int) -> Array:
    """Zeros of this shape; in a file without a name, in the folder for temporary files, where they take more bytes.

    Raises
    ------
    OSError
        The folder has no room for them.
    """
    n_bytes = prod(shape) * dtype.itemsize
    if n_bytes <= most_bytes:
        return np.zeros(shape, dtype)
    with tempfile.TemporaryFile(prefix="pminusy-") as file:
        file.truncate(n_bytes)
        mapped = mmap.mmap(file.fileno(), n_bytes)  # stays when the file is closed
    return np.frombuffer(mapped, dtype).reshape(shape)
