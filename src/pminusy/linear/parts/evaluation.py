"""The evaluation that is reported, over rows in several parts."""

from __future__ import annotations

from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.evaluation import AnyEvaluation, Evaluation, Visit
from pminusy.linear.layout import ParameterLayout
from pminusy.linear.parts.part import LinearPart
from pminusy.linear.parts.problem import PartedProblem
from pminusy.linear.penalty import RidgePenalty

Array = NDArray[Any]

_DOUBLE = np.dtype(np.float64)


@final
class PartedEvaluation(AnyEvaluation):
    """The sum of the parts' evaluations, and the penalty; the parts keep theirs until the next one."""

    def __init__(self, problem: PartedProblem, W: Array, b: Array) -> None:
        self.problem, self.W, self.b = problem, W.astype(_DOUBLE), b.astype(_DOUBLE)
        self._parts, self._rows = problem.parts, problem.X
        layout = ParameterLayout(problem.X.shape[1], problem.n_classes, problem.fit_intercept, _DOUBLE)
        self.penalty = RidgePenalty(problem.penalty, layout)
        sums = self._parts.total_left("evaluation", _evaluate, self.W, self.b)
        loss, dW, self.db, self.total_mass, self.mean_row, self.mean_square, self.mean_size = sums
        self.value = float(loss) + self.penalty.value(self.W.ravel())
        self.dW = dW + problem.penalty * self.W

    @property
    def masses(self) -> Array:
        """What each row counts in the mean: (N,)."""
        return np.concatenate(self._parts.each(_masses))

    def class_mass(self) -> Array:
        """Σ_i y_i, in the mean's units: (K,)."""
        mass: Array = self._parts.total(_class_mass)
        return mass

    def sum_over_logits(self, visit: Visit, *arguments: Any) -> list[Any]:
        """The sum over blocks of rows of visit(part, None, their logits, which rows, *arguments)."""
        return list(self._parts.total(_sum_over_logits, visit, *arguments))

    def sum_over_rows(self, visit: Visit, *arguments: Any) -> list[Any]:
        """The same with X's rows, dense or CSR."""
        return list(self._parts.total(_sum_over_rows, visit, *arguments))

    def support(self, rows: slice | Array = slice(None)) -> NDArray[np.bool_]:
        """Which classes have mass in these rows: (n, K)."""
        support: NDArray[np.bool_] = self._rows.gather(_support, rows)
        return support

    def margin_range(self, V: Array, c: Array) -> tuple[float, float]:
        """The least and the largest margin of all rows, along a direction (V, c) of the parameters."""
        smallest, largest = zip(*self._parts.each(_margin_range, V, c), strict=True)
        return float(np.min(smallest)), float(np.max(largest))

    def falling_rows(self, V: Array, c: Array, below: float, most: int) -> Array:
        """The rows with the least margins among those below a bound, at most so many."""
        rows, margins = map(np.concatenate, zip(*self._parts.each(_falling, V, c, below, most), strict=True))
        worst: Array = rows[np.argsort(margins, kind="stable")[:most]]
        return worst


def _evaluate(part: LinearPart, W: Array, b: Array) -> tuple[Any, ...]:
    at = part.evaluation = Evaluation(part.problem, W, b)
    return at.value, at.dW, at.db, at.total_mass, at.mean_row, at.mean_square, at.mean_size


def _masses(part: LinearPart) -> Array:
    return part.evaluation.masses


def _class_mass(part: LinearPart) -> Array:
    return part.evaluation.class_mass()


def _sum_over_logits(part: LinearPart, visit: Visit, *arguments: Any) -> tuple[Any, ...]:
    return tuple(part.evaluation.sum_over_logits(visit, *arguments))


def _sum_over_rows(part: LinearPart, visit: Visit, *arguments: Any) -> tuple[Any, ...]:
    return tuple(part.evaluation.sum_over_rows(visit, *arguments))


def _support(part: LinearPart, rows: Array) -> NDArray[np.bool_]:
    return part.evaluation.support(rows)


def _margin_range(part: LinearPart, V: Array, c: Array) -> tuple[float, float]:
    return part.evaluation.margin_range(V, c)


def _falling(part: LinearPart, V: Array, c: Array, below: float, most: int) -> tuple[Array, Array]:
    rows, margins = part.evaluation.falling_margins(V, c, below, most)
    return part.place.first_row + rows, margins
