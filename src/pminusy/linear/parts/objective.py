"""The objective over rows in several parts, for solvers that see sums only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.dense import DenseRows
from pminusy.blocks.memory import in_memory
from pminusy.blocks.standardisation import Standardisation
from pminusy.linear.layout import ParameterLayout
from pminusy.linear.objective import SEPARATED, LinearObjective, largest_component, ridge_objective
from pminusy.linear.parts.part import LinearPart
from pminusy.linear.parts.problem import PartedProblem
from pminusy.linear.penalty import RidgePenalty

Array = NDArray[Any]


@dataclass(frozen=True)
class PartedShape:
    """What is known of rows (N, D) in parts where the solver runs."""

    shape: tuple[int, int]
    n_numbers: int
    sparse: bool
    dtype: np.dtype[Any]
    standardisation: Standardisation | None = None
    sequential: bool = False


@final
class PartedObjective:
    """f(W, b) as a sum over parts, each of which has an objective without a penalty; an `AnyObjective`.

    Parameters
    ----------
    problem : PartedProblem
    name : str
        Of the parts' objectives; one that bears the same name takes their place.
    rows : PartedShape
        The problem's, in the coordinates that are wanted.
    """

    most_together = 1 << 24  # a message costs a millisecond or more

    def __init__(self, problem: PartedProblem, name: str, rows: PartedShape) -> None:
        self._parts, self._name, self.rows = problem.parts, name, rows
        self.layout = ParameterLayout.of(rows, problem.n_classes, problem.fit_intercept)
        self.penalty = RidgePenalty(problem.penalty, self.layout)
        self.dtype, self.passes, self.at_zero = rows.dtype, 0, True
        self.total_scale = problem.total_scale
        self.negligible = SEPARATED if self.penalty.vanishes else 0.0
        parts = self._parts
        parts.forget(f"point of {name}")
        parts.forget(f"sample of {name}")
        parts.leave(f"objective {name}", _make, name, rows.dtype, rows.standardisation)

    def value_and_gradient(self, parameters: Array, gradient: Array) -> float:
        """f; its gradient is written into `gradient`."""
        self.passes += 1
        self.at_zero = not parameters.any()
        self._parts.forget(f"sample of {self._name}")
        value, total = self._parts.total_left(f"point of {self._name}", _move_to, self._name, parameters)
        self._add_penalty(parameters, total, gradient)
        return float(value) + self.penalty.value(parameters[: self.layout.n_weights])

    def hessian_product(self, direction: Array, product: Array) -> None:
        """H times a direction, at the point of the last `value_and_gradient`; written into `product`."""
        self.passes += 1
        self._add_penalty(direction, self.total(_hessian_product, direction), product)

    def gradient_norm(self, gradient: Array) -> float:
        """The largest component of the gradient for the user's coefficients."""
        return largest_component(self.layout, gradient)

    def total(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """The sum of work(objective, *arguments) over the parts' objectives."""
        return self._parts.total(_with_objective, self._name, work, *arguments)

    def each(self, work: Callable[..., Any], *arguments: Any) -> list[Any]:
        """work(objective, *arguments) of each."""
        return self._parts.each(_with_objective, self._name, work, *arguments)

    def leave_sample(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """`total`, for work that leaves a sample."""
        return self._parts.total_left(
            f"sample of {self._name}", _with_objective, self._name, work, *arguments
        )

    def _add_penalty(self, parameters: Array, total: Array, out: Array) -> None:
        n_weights = self.layout.n_weights
        np.copyto(out, total)
        out[:n_weights] += self.penalty.curvature * parameters[:n_weights]


def make_parted_objective(problem: PartedProblem, method: str) -> PartedObjective:
    """The objective in the coordinates that the method wants."""
    newton = method == "newton"
    rows = PartedShape(
        shape=problem.X.shape,
        n_numbers=problem.n_numbers,
        sparse=problem.sparse,
        dtype=np.dtype(np.float64) if newton else problem.dtype,
        standardisation=_standardisation(problem) if newton and not problem.sparse else None,
    )
    return PartedObjective(problem, "newton" if newton else "plain", rows)


def _standardisation(problem: PartedProblem) -> Standardisation:
    n_rows, sums = problem.parts.total(_column_sums)
    centre = sums / n_rows if problem.fit_intercept else np.zeros_like(sums)
    return Standardisation.about(centre, problem.parts.total(_column_squares, centre), n_rows)


def _make(part: LinearPart, name: str, dtype: np.dtype[Any], moved: Standardisation | None) -> None:
    problem, rows = part.problem, in_memory(part.problem.X, dtype)
    if isinstance(rows, DenseRows):
        rows = replace(rows, standardisation=moved)
    part.objectives[name] = ridge_objective(
        *(rows, problem.settle(dtype), problem.n_classes, 0.0, problem.fit_intercept), place=part.place
    )


def _move_to(part: LinearPart, name: str, parameters: Array) -> tuple[float, Array]:
    gradient = np.empty_like(parameters)
    return part.objectives[name].value_and_gradient(parameters, gradient), gradient


def _hessian_product(objective: LinearObjective, direction: Array) -> Array:
    product = np.empty_like(direction)
    objective.hessian_product(direction, product)
    return product


def _with_objective(part: LinearPart, name: str, work: Callable[..., Any], *arguments: Any) -> Any:
    return work(part.objectives[name], *arguments)


def _counted(part: LinearPart) -> NDArray[np.bool_]:
    return part.problem.settle(np.dtype(np.float64)).mass() > 0


def _column_sums(part: LinearPart) -> tuple[int, Array]:
    counted = _counted(part)
    return int(np.count_nonzero(counted)), Standardisation.sums(part.problem.X, counted)


def _column_squares(part: LinearPart, centre: Array) -> Array:
    return Standardisation.squares(part.problem.X, _counted(part), centre)
