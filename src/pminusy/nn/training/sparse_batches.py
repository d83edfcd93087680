"""Batches out of a sparse set, of which nothing is made dense."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from pminusy.nn.layer import Shape
from pminusy.nn.layers.sparse_dense import SparseBatch
from pminusy.nn.training.at_hand import AtHand
from pminusy.nn.training.epoch import Epoch


class SparseSamples(AtHand):
    """A CSR matrix (N, D), for a dense layer; `dtype` is what to compute in."""

    def __init__(self, X: sp.csr_matrix, dtype: np.dtype[Any]) -> None:
        self._data = X.data.astype(dtype, copy=False)
        self._indices = X.indices.astype(np.int32, copy=False)
        self._indptr = X.indptr.astype(np.int64, copy=False)
        self._n_columns = X.shape[1]

    def __len__(self) -> int:
        return len(self._indptr) - 1

    @property
    def shape(self) -> Shape:
        """Of one sample."""
        return (self._n_columns,)

    def batch(self, epoch: Epoch, n_rows: int) -> SparseBatch:
        """The batch of a step."""
        arrays = (self._data, self._indices, self._indptr, epoch.places, epoch.starts)
        return SparseBatch(*arrays, n_rows, self._n_columns)
