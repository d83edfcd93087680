"""The objective at coefficients as a user gets them, in float64: what is reported of a fit is taken from here.

Solvers work in coordinates and in a precision of their own, and what they end with is centred, moved back and rounded
before it is handed out. So value and gradient are evaluated once more, in the user's coordinates,

    z_i = W x_i + b,    dZ_i = ∂f/∂z_i,    ∂f/∂W = Σ_i dZ_i x_iᵀ + λ W,    ∂f/∂b = Σ_i dZ_i,

over a fixed number of pieces of the rows, whose sums are added in order.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any, final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.blocks.partial_sums import over_parts
from pminusy.blocks.stores import store_of
from pminusy.kernels.linear import Rows
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, threads
from pminusy.linear.layout import ParameterLayout
from pminusy.linear.penalty import Penalty, RidgePenalty
from pminusy.linear.problem import LinearProblem

Array = NDArray[Any]
Visit = Callable[..., tuple[Any, ...]]

_PIECES = 4
_LEAST_PIECE = 512  # rows
_BLOCK = 2048  # rows
_KEPT_LOGITS = 1 << 24  # numbers
_DOUBLE = np.dtype(np.float64)


@dataclass(frozen=True)
class Margins:
    """How far the logits of a row's classes with mass are above those of all classes, at least and at most.

    They are given relative to the terms that the row's logits were summed of, and are 0 for rows that don't count.

    Attributes
    ----------
    smallest, largest : array (N,)
        The smallest is never positive, as each class is compared with itself, too.
    """

    smallest: Array
    largest: Array


class AnyEvaluation(ABC):
    """f, its gradient and its logits at W (F, D) and b (F,), for all K classes: the logit of a held class is 0.

    Attributes
    ----------
    problem : LinearProblem
    W, b : array (F, D), (F,), float64
    penalty : Penalty
    value : float
        f, in the mean's units.
    dW, db : array (F, D), (F,), float64
        Its gradient; db is 0 without an intercept.
    total_mass : float
        Σ_i m_i, m_i being what row i counts in the mean.
    mean_row : array (D,)
        Σ_i m_i x_i.
    mean_square, mean_size : float
        Σ_i m_i ‖x_i‖² and Σ_i m_i ‖x_i‖.
    """

    problem: Any
    W: Array
    b: Array
    penalty: Penalty
    value: float
    dW: Array
    db: Array
    total_mass: float
    mean_row: Array
    mean_square: float
    mean_size: float

    @property
    def n_held(self) -> int:
        """Classes whose logit is held at 0."""
        return int(self.problem.n_classes) - len(self.W)

    @property
    def gradient_norm(self) -> float:
        """The largest component of the gradient."""
        return max(float(np.abs(part).max(initial=0.0)) for part in (self.dW, self.db))

    def with_held(self, free: Array) -> Array:
        """The logits of all classes from those of the free ones."""
        return np.concatenate([np.zeros((len(free), self.n_held)), free], axis=1)

    @property
    @abstractmethod
    def masses(self) -> Array:
        """What each row counts in the mean: (N,)."""

    @abstractmethod
    def class_mass(self) -> Array:
        """Σ_i y_i, in the mean's units: (K,)."""

    @abstractmethod
    def sum_over_logits(self, visit: Visit, *arguments: Any) -> list[Any]:
        """The sum over blocks of rows of visit(part, None, their logits, which rows, *arguments).

        `part` is the evaluation of the part of the rows that the block is in, and the rows are counted there.
        """

    @abstractmethod
    def sum_over_rows(self, visit: Visit, *arguments: Any) -> list[Any]:
        """The same with X's rows, dense or CSR."""

    @abstractmethod
    def support(self, rows: slice | Array = slice(None)) -> NDArray[np.bool_]:
        """Which classes have mass in these rows: (n, K)."""

    @abstractmethod
    def margin_range(self, V: Array, c: Array) -> tuple[float, float]:
        """The least and the largest margin of all rows, along a direction (V, c) of the parameters."""

    @abstractmethod
    def falling_rows(self, V: Array, c: Array, below: float, most: int) -> Array:
        """The rows with the least margins among those below a bound, at most so many."""


@final
class Evaluation(AnyEvaluation):
    """Of a problem whose rows are in memory."""

    def __init__(self, problem: LinearProblem, W: Array, b: Array) -> None:
        self.problem, self.W, self.b = problem, W.astype(_DOUBLE), b.astype(_DOUBLE)
        self._rows, self._targets = store_of(problem.X, _DOUBLE), problem.settle(_DOUBLE)
        layout = ParameterLayout(problem.X.shape[1], problem.n_classes, problem.fit_intercept, _DOUBLE)
        self.penalty: Penalty = RidgePenalty(problem.penalty, layout)
        self._scale = 1.0 / self._targets.total_weight
        self._masses = self._targets.mass() * self._scale
        self.total_mass = float(self._masses.sum())
        n_rows = problem.X.shape[0]
        keeps = n_rows * problem.n_classes <= _KEPT_LOGITS
        self._logits = self._rows.room((n_rows, problem.n_classes), _DOUBLE) if keeps else None
        self._evaluate()

    @property
    def masses(self) -> Array:
        """What each row counts in the mean: (N,)."""
        return self._masses

    def class_mass(self) -> Array:
        """Σ_i y_i, in the mean's units: (K,)."""
        return self._targets.class_mass() * self._scale

    def sum_over_logits(self, visit: Visit, *arguments: Any) -> list[Any]:
        """The sum over blocks of rows of visit(self, None, their logits, which rows, *arguments)."""
        return self._sum(visit, arguments, self._logits is None, self._block_logits)

    def sum_over_rows(self, visit: Visit, *arguments: Any) -> list[Any]:
        """The same with X's rows, dense or CSR."""
        return self._sum(visit, arguments, True, self._block_logits)

    def support(self, rows: slice | Array = slice(None)) -> NDArray[np.bool_]:
        """Which classes have mass in these rows: (n, K)."""
        return self._targets.support(rows)

    def margin_range(self, V: Array, c: Array) -> tuple[float, float]:
        """The least and the largest margin of all rows, along a direction (V, c) of the parameters."""
        margins = self.margins(V, c)
        return float(margins.smallest.min()), float(margins.largest.max())

    def falling_rows(self, V: Array, c: Array, below: float, most: int) -> Array:
        """The rows with the least margins among those below a bound, at most so many."""
        return self.falling_margins(V, c, below, most)[0]

    def falling_margins(self, V: Array, c: Array, below: float, most: int) -> tuple[Array, Array]:
        """The same rows, and their margins."""
        smallest = self.margins(V, c).smallest
        falling = np.flatnonzero(smallest < below)
        falling = falling[np.argsort(smallest[falling], kind="stable")[:most]]
        return falling, smallest[falling]

    def margins(self, V: Array, c: Array) -> Margins:
        """Of each row, along a direction (V, c) of the parameters."""
        sizes = np.abs(V).T, np.abs(c).max()

        def visit(_: Evaluation, X: Any, Z: Array, rows: slice) -> tuple[list[Array], list[Array]]:
            counted, own = self.masses[rows] > 0, self.support(rows)
            terms = (abs(X) @ sizes[0]).max(axis=1) + sizes[1]
            scale = np.where(counted, 1.0 / np.where(terms > 0, terms, 1.0), 0.0)
            smallest = np.where(counted, Z.min(axis=1, where=own, initial=np.inf) - Z.max(axis=1), 0.0)
            largest = np.where(counted, Z.max(axis=1, where=own, initial=-np.inf) - Z.min(axis=1), 0.0)
            return [smallest * scale], [largest * scale]  # lists of blocks add up to that of all

        smallest, largest = self._sum(visit, (), True, lambda X, _: self.with_held(X @ V.T + c))
        return Margins(np.concatenate(smallest), np.concatenate(largest))

    def _evaluate(self) -> None:
        held = self.n_held

        def visit(_: Evaluation, X: Any, Z: Array, rows: slice) -> tuple[Any, ...]:
            masses = self.masses[rows]
            dZ = np.empty_like(Z)
            losses = self._targets.rows(rows.start, rows.stop).fused_pass(Z, 0.0, self._scale, dZ)
            squares = np.where(masses > 0, _squared_lengths(X), 0.0)
            # The masses as one more column give Σ m x in the same product.
            products = (X.T @ np.concatenate([dZ[:, held:], masses[:, None]], axis=1)).T
            return (
                losses.sum(),
                products,
                dZ[:, held:].sum(axis=0),
                masses @ squares,
                masses @ np.sqrt(squares),
            )

        def fresh(X: Any, rows: slice) -> Array:
            Z = self._fresh_logits(X, rows)
            if self._logits is not None:
                self._logits[rows] = Z
            return Z

        loss, products, db, self.mean_square, self.mean_size = self._sum(visit, (), True, fresh)
        self.value = self._scale * float(loss) + self.penalty.value(self.W.ravel())
        self.dW, self.mean_row = products[:-1] + self.problem.penalty * self.W, products[-1]
        self.db = db if self.problem.fit_intercept else np.zeros_like(db)

    def _block_logits(self, X: Any, rows: slice) -> Array:
        return self._fresh_logits(X, rows) if self._logits is None else self._logits[rows]

    def _fresh_logits(self, X: Any, rows: slice) -> Array:
        Z = self.with_held(X @ self.W.T + self.b)
        Z[self.masses[rows] == 0] = 0.0  # whatever they are, they don't count
        return Z

    def _sum(
        self, visit: Visit, arguments: tuple[Any, ...], reads: bool, logits: Callable[[Any, slice], Array]
    ) -> list[Any]:
        n_rows = len(self.masses)
        n_pieces = max(1, min(_PIECES, n_rows // _LEAST_PIECE))
        sums: list[list[Any]] = [[] for _ in range(n_pieces)]

        def run(first: int, last: int) -> None:
            for piece in range(first, last):
                ends = n_rows * piece // n_pieces, n_rows * (piece + 1) // n_pieces
                blocks = self._read(*ends) if reads else _slices(*ends)
                # The pool's threads don't share out work again.
                with threads(1), np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                    for X, rows in blocks:
                        terms = visit(self, X, logits(X, rows), rows, *arguments)
                        sums[piece] = _added(sums[piece], terms) if sums[piece] else list(terms)

        work = self._rows.n_numbers * len(self.W) if reads else n_rows * self.problem.n_classes
        over_parts(self._rows, run, n_pieces, work // n_pieces // PRODUCTS_PER_ELEMENT)
        return reduce(_added, sums)

    def _read(self, start: int, stop: int) -> Iterator[tuple[Any, slice]]:
        scratch = self._rows.scratch()
        for _, rows in _slices(start, stop):
            for block, first, last in self._rows.blocks(rows.start, rows.stop, scratch):
                yield _as_matrix(block, self._rows.sparse, self._rows.shape[1]), slice(first, last)


def _added(sums: list[Any], more: Iterable[Any]) -> list[Any]:
    return [a + b for a, b in zip(sums, more, strict=True)]


def _slices(start: int, stop: int) -> Iterator[tuple[None, slice]]:
    for first in range(start, stop, _BLOCK):
        yield None, slice(first, min(stop, first + _BLOCK))


def _as_matrix(block: Rows, sparse: bool, n_features: int) -> Any:
    if not sparse:
        return block.X
    shape = (len(block.indptr) - 1, n_features)
    return sp.csr_matrix((block.data, block.indices, block.indptr), shape=shape, copy=False)


def _squared_lengths(X: Any) -> Array:
    if sp.issparse(X):
        return np.add.reduceat(np.append(np.square(X.data), 0.0), X.indptr[:-1]) * (np.diff(X.indptr) > 0)
    return np.einsum("nd,nd->n", X, X)
