"""The store that the rows of a matrix are read from, wherever they live."""

from __future__ import annotations

from typing import Any

import numpy as np

from pminusy.blocks.memory import in_memory
from pminusy.blocks.outside import OutsideMatrix
from pminusy.blocks.outside_rows import OutsideRows
from pminusy.blocks.rows import RowStore


def store_of(X: Any, dtype: np.dtype[Any]) -> RowStore:
    """X as it is, to compute in `dtype`."""
    return OutsideRows(X, dtype) if isinstance(X, OutsideMatrix) else in_memory(X, dtype)
