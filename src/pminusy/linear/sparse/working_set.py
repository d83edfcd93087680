"""The features that a sparse fit works on, with their columns at hand."""

from __future__ import annotations

from typing import Any, final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.kernels.coordinate_descent import Columns
from pminusy.linear.sparse.data import Data

Array = NDArray[Any]


@final
class WorkingSet:
    """Some features, in the order in which they came; with an intercept it is the first of the columns.

    Attributes
    ----------
    features : array (n,)
        Their numbers.
    places : array (D,)
        Where each feature stands among them; −1 for those that are not among them.
    """

    def __init__(self, data: Data) -> None:
        self._data, self._n_first = data, int(data.problem.fit_intercept)
        self.features = np.empty(0, np.intp)
        self.places = np.full(data.n_features, -1)
        dtype = data.problem.dtype
        self._dense = np.empty((self._n_first, data.n_rows), dtype)
        self._dense[:] = data.roots
        self._sparse = sp.csc_matrix((data.n_rows, 0), dtype=dtype)

    def __len__(self) -> int:
        return len(self.features)

    @property
    def n_first(self) -> int:
        """1 with an intercept, otherwise 0."""
        return self._n_first

    def add(self, features: Array) -> None:
        """Take in those that are not yet among them."""
        new = features[self.places[features] < 0]
        if not len(new):
            return
        self.places[new] = len(self) + np.arange(len(new))
        self.features = np.concatenate([self.features, new])
        columns = self._data.columns(new)
        if self._data.sparse:
            self._sparse = sp.hstack([self._sparse, columns], format="csc")
        else:
            self._dense = np.concatenate([self._dense, columns])

    def columns(self) -> Columns:
        """For the kernel."""
        X = self._sparse
        return Columns(self._dense, X.data, X.indices.astype(np.int32), X.indptr.astype(np.int64))

    def gradient(self, R: Array) -> Array:
        """The columns times R/√m: (n_first + n, columns of R), float64."""
        scaled = R / np.where(self._data.roots > 0, self._data.roots, 1.0)[:, None]
        scaled = scaled.astype(self._dense.dtype)
        total = self._dense @ scaled
        if self._sparse.shape[1]:
            total = np.concatenate([total, self._sparse.T @ scaled])
        return total.astype(np.float64)

    def product(self, W: Array) -> Array:
        """The logits of weights (n_first + n, F), times √m: (F, N) in the columns' dtype."""
        W, n_dense = W.astype(self._dense.dtype), len(self._dense)
        total: Array = W[:n_dense].T @ self._dense
        return total if n_dense == len(W) else total + (self._sparse @ W[n_dense:]).T

    def rows_of(self, places: Array, rows: slice) -> Array:
        """These columns, by their places in a gradient, as dense rows of numbers of some of the samples, in float64."""
        n_dense = len(self._dense)
        dense = self._dense[places[places < n_dense], rows]
        sparse = self._sparse[:, places[places >= n_dense] - n_dense][rows].T.toarray()
        return np.concatenate([dense, sparse]).astype(np.float64)
