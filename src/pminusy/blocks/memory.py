"""Rows in memory, dense or sparse, as a store of rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from pminusy.blocks.dense import DenseRows
from pminusy.blocks.sparse import SparseRows


def in_memory(X: Any, dtype: np.dtype[Any]) -> DenseRows | SparseRows:
    """X as it is, to compute in `dtype`; column numbers of 64 bits are copied into 32."""
    if not sp.issparse(X):
        return DenseRows(X, dtype)
    if X.indices.dtype != np.int32:
        X = sp.csr_matrix((X.data, X.indices.astype(np.int32), X.indptr), shape=X.shape, copy=False)
    return SparseRows(X, dtype)
