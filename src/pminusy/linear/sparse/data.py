"""X and the targets of a sparse classifier: products over all rows, and what is known of the columns.

All in float64, over a fixed number of pieces of the rows whose sums are added in order.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, reduce
from typing import Any, final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.blocks.memory import in_memory
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, over_ranges, threads
from pminusy.linear.problem import LinearProblem

Array = NDArray[Any]

_PIECES = 4
_LEAST_PIECE = 512  # rows
_BLOCK = 2048  # rows
_MOST_SUMS = 1 << 22  # numbers in all pieces' sums together
_ROUNDINGS = 8
_DOUBLE = np.dtype(np.float64)
_EPS = float(np.finfo(np.float64).eps)


@final
class Data:
    """The rows, targets and masses of a problem; its penalty is not looked at.

    Attributes
    ----------
    masses, roots : array (N,)
        m, what each row counts in the mean, and √m.
    class_mass : array (K,)
        Σ_i y_i, in the mean's units.
    present : bool array (K,)
        Which classes have mass; without an intercept all of them, as none can be ruled out.
    passes : int
        Over X, so far.
    """

    def __init__(self, problem: LinearProblem) -> None:
        self.problem, self.passes = problem, 0
        self.targets = problem.settle(_DOUBLE)
        self.scale = 1.0 / self.targets.total_weight
        self.masses = self.targets.mass() * self.scale
        self.roots = np.sqrt(self.masses)
        self.class_mass = self.targets.class_mass() * self.scale
        self.present = (self.class_mass > 0) | (not problem.fit_intercept)
        self._rows = in_memory(problem.X, _DOUBLE)

    @property
    def total_scale(self) -> float:
        """What turns the mean objective into the one that is reported."""
        return self.problem.total_scale

    @property
    def n_rows(self) -> int:
        """N."""
        return int(self.problem.X.shape[0])

    @property
    def n_features(self) -> int:
        """D."""
        return int(self.problem.X.shape[1])

    @property
    def n_free(self) -> int:
        """F."""
        return self.problem.n_free

    @property
    def n_held(self) -> int:
        """K − F."""
        return self.problem.n_classes - self.problem.n_free

    @property
    def sparse(self) -> bool:
        """Whether X is."""
        return sp.issparse(self.problem.X)

    @cached_property
    def centre(self) -> Array:
        """The mean row where columns are centred, which sparse ones, and those beside no intercept, are not: (D,)."""
        if self.sparse or not self.problem.fit_intercept:
            return np.zeros(self.n_features)
        return self.gradient(self.masses[:, None])[:, 0] / self.masses.sum()

    @property
    def lengths(self) -> Array:
        """√Σ_i m_i (x_id − c_d)², with c the mean row if there is an intercept: (D,)."""
        return self._lengths_and_sizes[0]

    @property
    def sizes(self) -> Array:
        """√Σ_i m_i x_id²: (D,)."""
        return self._lengths_and_sizes[1]

    @cached_property
    def _lengths_and_sizes(self) -> tuple[Array, Array]:
        def visit(X: Any, rows: slice) -> Array:
            weights = self.masses[rows]
            if sp.issparse(X):
                return np.stack([X.multiply(X).T @ weights, X.T @ weights])
            moved = X - self.centre
            return np.stack([weights @ moved**2, weights @ moved])

        squares, sums = self._sum(visit, 1)
        mass = self.masses.sum()
        with np.errstate(over="ignore", invalid="ignore"):
            whole = squares + self.centre * (2 * sums + mass * self.centre)
            if self.problem.fit_intercept:
                squares = np.maximum(squares - sums**2 / mass, 0.0) + _ROUNDINGS * _EPS * squares
            return np.sqrt(squares), np.sqrt(whole)

    def logits(self, W: Array, b: Array, features: Array | None = None) -> Array:
        """[0, X W + b] for the weights W (n, F) of these features, all others being 0, or of all: (N, K)."""
        Z = np.zeros((self.n_rows, self.problem.n_classes))
        kept = W.any(axis=1)
        used = np.flatnonzero(kept) if features is None else features[kept]
        W = W[kept]
        everything = len(used) > self.n_features // 2
        if everything:
            scattered = np.zeros((self.n_features, self.n_free))
            scattered[used] = W
            W = scattered

        def visit(X: Any, rows: slice) -> Array:
            Z[rows, self.n_held :] = (X if everything else X[:, used]) @ W + b
            return np.zeros(())

        self._sum(visit, self.n_free)
        Z[self.masses == 0] = 0.0  # whatever they are, they don't count
        return Z

    def unscaled(self, U: Array) -> Array:
        """Logits (N, K) from those of the free classes times √m, a row a class: (F, N)."""
        Z = np.zeros((self.n_rows, self.problem.n_classes))
        Z[:, self.n_held :] = (U / np.where(self.roots > 0, self.roots, 1.0).astype(U.dtype)).T
        Z[self.masses == 0] = 0.0
        return Z

    def gradient(self, R: Array) -> Array:
        """XᵀR: (D, columns of R)."""
        n_columns = R.shape[1]
        total: Array = self._sum(lambda X, rows: X.T @ R[rows], n_columns, self.n_features * n_columns)
        return total

    def losses(self, Z: Array, R: Array) -> float:
        """The mean loss at logits Z; its gradient by them is written into R."""
        return self.scale * float(self.targets.fused_pass(Z, 0.0, self.scale, R).sum())

    def columns(self, features: Array) -> Any:
        """These columns of X, centred and times √m, in the dtype to compute in: dense (n, N), or CSC (N, n)."""
        dtype = self.problem.dtype
        if self.sparse:
            chosen = self.problem.X[:, features].tocsc()
            chosen.sort_indices()
            data = (chosen.data * self.roots[chosen.indices]).astype(dtype)
            return sp.csc_matrix((data, chosen.indices, chosen.indptr), shape=chosen.shape)
        columns = np.empty((len(features), self.n_rows), dtype)
        for start in range(0, self.n_rows, _BLOCK):
            rows = slice(start, start + _BLOCK)
            chosen = self.problem.X[rows][:, features] - self.centre[features]
            columns[:, rows] = (chosen * self.roots[rows, None]).T
        return columns

    def unpenalised(self, features: Array) -> Array:
        """A column of ones if there is an intercept, and these columns of X, centred, as dense rows: (J, N)."""
        ones = np.ones((int(self.problem.fit_intercept), self.n_rows))
        chosen = self.problem.X[:, features]
        dense = np.asarray(chosen.toarray() if self.sparse else chosen, np.float64)
        return np.concatenate([ones, (dense - self.centre[features]).T])

    def _sum(self, visit: Callable[[Any, slice], Array], n_columns: int, n_sums: int = 0) -> Any:
        """The sum over blocks of rows of what `visit` makes of (their X, which rows): `n_sums` numbers."""
        self.passes += 1
        n_rows = self.n_rows
        n_pieces = max(1, min(_PIECES, n_rows // _LEAST_PIECE, _MOST_SUMS // max(1, n_sums)))
        sums: list[list[Array]] = [[] for _ in range(n_pieces)]

        def run(first: int, last: int) -> None:
            for piece in range(first, last):
                with threads(1), np.errstate(over="ignore", invalid="ignore"):
                    start, stop = n_rows * piece // n_pieces, n_rows * (piece + 1) // n_pieces
                    sums[piece] = [self._visit_piece(visit, start, stop)]

        work = self._rows.n_numbers * n_columns // n_pieces // PRODUCTS_PER_ELEMENT
        over_ranges(run, n_pieces, work)
        return reduce(np.add, [total for piece in sums for total in piece])

    def _visit_piece(self, visit: Callable[[Any, slice], Array], start: int, stop: int) -> Array:
        X = self.problem.X
        if sp.issparse(X):
            begin, end = X.indptr[start], X.indptr[stop]
            parts = X.data[begin:end], X.indices[begin:end], X.indptr[start : stop + 1] - begin
            rows = sp.csr_matrix(parts, shape=(stop - start, self.n_features), copy=False)
            return visit(rows, slice(start, stop))
        scratch, total = self._rows.scratch(), np.zeros(())
        for first in range(start, stop, _BLOCK):
            for block, since, until in self._rows.blocks(first, min(stop, first + _BLOCK), scratch):
                total = total + visit(block.X, slice(since, until))
        return total
