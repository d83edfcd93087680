"""From data to coefficients: which solver, in which coordinates, and what the end proves.

Costs in multiplications, for N rows, D features, X with S numbers that are not 0, F free classes and n = F (D + 1)

Parameters
----------
    Newton     8 Hessians:   8 (N n² + n³/3)
    L-BFGS     60 passes and 2 preconditioners:   60 · 4 S F + 2 · 6 F D³

A multiplication of Newton's counts twice, being in float64, and one of a sparse row _SCATTERED times; Newton's Hessian
is formed of dense blocks. Up to _SURE parameters dense data are for Newton's method whatever the costs: it minds no
scales, and ends at the optimum to all digits. It works on columns that are scaled on the way,
and for dense data centred, the penalty kept in the user's units. Dense data with more features than rows are turned
first (`row_space.py`), for every solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.dense import DenseRows
from pminusy.blocks.outside_rows import OutsideRows
from pminusy.blocks.standardisation import Standardisation
from pminusy.blocks.stores import store_of
from pminusy.linear.certificate import gap_bound
from pminusy.linear.evaluation import AnyEvaluation, Evaluation
from pminusy.linear.hessian import positive_hessian
from pminusy.linear.layout import ParameterLayout
from pminusy.linear.minimum import affordable_stride, has_minimum
from pminusy.linear.objective import AnyObjective, ridge_objective
from pminusy.linear.open_margins import clear_direction
from pminusy.linear.parts.evaluation import PartedEvaluation
from pminusy.linear.parts.objective import make_parted_objective
from pminusy.linear.parts.problem import PartedProblem
from pminusy.linear.preconditioners import make_preconditioner
from pminusy.linear.problem import AnyProblem, LinearProblem
from pminusy.linear.row_space import RowSpace, is_wide
from pminusy.linear.separation import Direction, between_classes, may_separate, separates, unit
from pminusy.linear.separation_programme import find_direction
from pminusy.solvers.lbfgs import minimize_lbfgs
from pminusy.solvers.newton import minimize_newton
from pminusy.solvers.newton_cg import minimize_newton_cg
from pminusy.solvers.progress import continuing
from pminusy.solvers.result import Reason, Record, Solution, SolverResult

Array = NDArray[Any]

_LEAST_ASKED = 1e-3  # of tol, where what is handed out is off by more than what the solver ended with
_SOON = 4e9  # multiplications: some 0.1 s
SOLVERS = ("newton", "newton-cg", "lbfgs")
_SURE = 300
_SCATTERED = 20
_MOST_NEWTON = 5000  # parameters: beyond, the Hessian alone takes 200 MB


@dataclass(frozen=True)
class LinearSolution:
    """Coefficients (F, D), intercepts (F,), and how they were found."""

    coefficients: Array
    intercepts: Array
    result: SolverResult


def choose_solver(problem: AnyProblem) -> str:
    """The one expected to be fastest, by the costs above."""
    n_rows, n_features = problem.X.shape
    sparse, n_free = problem.sparse, problem.n_free
    n_parameters = n_free * (n_features + 1)
    if n_parameters <= _SURE and not sparse:
        return "newton"
    newton = 2 * 8 * (n_rows * n_parameters**2 + n_parameters**3 / 3)
    n_numbers = (_SCATTERED if sparse else 1) * problem.n_numbers
    lbfgs = 60 * 4 * n_numbers * n_free + (0 if sparse else 2 * 6 * n_free * n_features**3)
    return "newton" if newton < lbfgs and n_parameters <= _MOST_NEWTON else "lbfgs"


@np.errstate(over="ignore", invalid="ignore")  # the result says where numbers overflow
def fit_linear(
    problem: AnyProblem,
    solver: str,
    start: tuple[Array, Array] | None,
    *,
    tol: float,
    max_iter: int,
    random: np.random.Generator,
) -> LinearSolution:
    """Fit by one of `SOLVERS`, or "auto"; from coefficients (F, D) and intercepts (F,), or from zero.

    What is claimed belongs to the coefficients that are handed out. Where their gradient is above `tol` although the
    solver's was not, it goes on to a smaller one.
    """
    run = _Run(problem, solver, start, tol, max_iter, random)
    run.go_on(tol)
    while run.falls_short() and run.asked >= _LEAST_ASKED * tol:
        run.go_on(0.5 * run.asked * tol / run.at.gradient_norm)
    separable, direction = _separation(run) if may_separate(problem) else (False, None)
    result = replace(run.certified(), separable=separable, separating_direction=direction)
    if separable:
        result = replace(result, reason=Reason.SEPARABLE)
    return LinearSolution(run.at.W.astype(problem.dtype), run.at.b.astype(problem.dtype), result)


class _Run:
    """A solver on its way, which can be sent on to smaller tolerances.

    Attributes
    ----------
    at : AnyEvaluation
        Of what would be handed out now.
    result : SolverResult
        Of all of the way so far.
    asked : float
        The last tolerance.
    settled : bool
        Whether the solver has once reached what it was asked for.
    """

    at: AnyEvaluation
    result: SolverResult

    def __init__(
        self,
        problem: AnyProblem,
        solver: str,
        start: tuple[Array, Array] | None,
        tol: float,
        max_iter: int,
        random: np.random.Generator,
    ) -> None:
        self._problem, self._tol, self._max_iter, self._random = problem, tol, max_iter, random
        self._row_space = RowSpace(problem) if is_wide(problem) else None
        within = self._row_space.within if self._row_space else problem
        self._method = choose_solver(within) if solver == "auto" else solver
        self._objective = make_objective(within, self._method)
        self._solution: Solution | None = None
        layout = self._objective.layout
        self._start = (
            np.zeros(layout.n_parameters, layout.dtype) if start is None else self._from_user(start, layout)
        )
        self.asked, self.settled = tol, False

    def go_on(self, tol: float) -> None:
        """Minimise from where it stands."""
        first = self.result if self._solution else None
        left = self._max_iter - (first.n_iter if first else 0)
        parameters = self._solution.parameters if self._solution else self._start
        with continuing(_last_record(first) if first else None):
            self._solution = _minimise(
                self._method, self._objective, parameters, self._random, tol=tol, max_iter=left
            )
        W, b = between_classes(self._problem, *self._to_user(self._solution.parameters))
        dtype = self._problem.dtype
        self.at = evaluate(self._problem, W.astype(dtype), b.astype(dtype))
        self.result = _followed_by(first, self._solution.result)
        self.asked, self.settled = tol, self.settled or self.result.reason is Reason.GRADIENT_TOLERANCE

    def falls_short(self) -> bool:
        """Whether what is handed out is not within `tol`, though the solver's own gradient was, and not by rounding.

        No component of its gradient is larger than the length of the solver's, rounding apart.
        """
        assert self._solution is not None
        dW, db = self._objective.layout.user_gradient(self._solution.gradient)
        offset = self._row_space.offset if self._row_space else 0.0
        length = float(np.linalg.norm(dW) + np.linalg.norm(db) * (1 + offset))
        return self.settled and self._tol < self.at.gradient_norm <= 2 * length

    def directions(self) -> Iterator[tuple[Array, Array]]:
        """Where it has gone, and where last: of length 1, in the user's coordinates."""
        assert self._solution is not None
        for parameters in (self._solution.parameters, self._solution.last_step):
            if direction := unit(*between_classes(self._problem, *self._to_user(parameters))):
                yield direction

    def proves_minimum(self) -> bool:
        """Whether what is handed out proves that the loss has a minimum, where that is soon computed."""
        within = self._row_space.within if self._row_space else self._problem
        objective = self._objective if self._method == "newton" else make_objective(within, "newton")
        fit_cost = 4.0 * self.result.passes * objective.rows.n_numbers * within.n_free
        stride = affordable_stride(objective, max(_SOON, fit_cost))
        if stride is None:
            return False
        return has_minimum(objective, self._from_user((self.at.W, self.at.b), objective.layout), stride)

    def certified(self) -> SolverResult:
        """The result, with what holds at the coefficients that are handed out."""
        at, tol, reason = self.at, self._tol, self.result.reason
        finite = bool(np.isfinite(at.value) and np.isfinite(at.gradient_norm))
        if not finite:
            reason = Reason.NOT_FINITE
        elif at.gradient_norm <= tol and (self.settled or reason is Reason.PRECISION):
            reason = Reason.GRADIENT_TOLERANCE
        elif at.gradient_norm > tol and reason is Reason.GRADIENT_TOLERANCE:
            reason = Reason.PRECISION
        total_scale = self._problem.total_scale
        return replace(
            self.result,
            reason=reason,
            objective=at.value * total_scale,
            gradient_norm=at.gradient_norm,
            tolerance=tol,
            gap=gap_bound(at) * total_scale if finite else np.inf,
        )

    def _from_user(self, start: tuple[Array, Array], layout: ParameterLayout) -> Array:
        W, b = between_classes(self._problem, *start)
        return layout.from_user(*(self._row_space.inward(W, b) if self._row_space else (W, b)))

    def _to_user(self, parameters: Array) -> tuple[Array, Array]:
        W, b = self._objective.layout.to_user(parameters)
        return self._row_space.outward(W, b) if self._row_space else (W, b)


def _separation(run: _Run) -> tuple[bool | None, Direction | None]:
    """Whether rows can be separated, None where this is not known; and the direction, of length 1."""
    for V, c in run.directions():
        if separates(run.at, V, c):
            return True, (V, c)
    if run.proves_minimum():
        return False, None
    direction = clear_direction(run.at, run.at.W, run.at.b) or find_direction(run.at)
    return (True, direction) if direction else (None, None)


def _last_record(result: SolverResult) -> Record:
    """The last of its records, with all of its passes and time."""
    return replace(result.history[-1], passes=result.passes, seconds=result.seconds)


def _followed_by(first: SolverResult | None, then: SolverResult) -> SolverResult:
    """The result of both runs as that of one, with the pass that evaluates what is handed out."""
    if first is None:
        return replace(then, passes=then.passes + 1)
    last = _last_record(first)
    names = {**first.phases, **then.phases}
    return replace(
        then,
        n_iter=first.n_iter + then.n_iter,
        passes=first.passes + then.passes + 1,
        seconds=first.seconds + then.seconds,
        phases={name: first.phases.get(name, 0.0) + then.phases.get(name, 0.0) for name in names},
        history=(*first.history, *(record.after(last) for record in then.history[1:])),
    )


def evaluate(problem: AnyProblem, W: Array, b: Array) -> AnyEvaluation:
    """What holds at W and b."""
    if isinstance(problem, PartedProblem):
        return PartedEvaluation(problem, W, b)
    assert isinstance(problem, LinearProblem)
    return Evaluation(problem, W, b)


def make_objective(problem: AnyProblem, method: str) -> AnyObjective:
    """The objective in the coordinates that the method wants."""
    if isinstance(problem, PartedProblem):
        return make_parted_objective(problem, method)
    assert isinstance(problem, LinearProblem)
    dtype = np.dtype(np.float64) if method == "newton" else problem.dtype
    rows = store_of(problem.X, dtype)
    targets = problem.settle(rows.dtype)
    if method == "newton" and isinstance(rows, DenseRows | OutsideRows):
        counted = targets.mass() > 0
        moved = Standardisation.of(problem.X, centred=problem.fit_intercept, counted=counted)
        rows = replace(rows, standardisation=moved)
    return ridge_objective(
        rows,
        targets,
        problem.n_classes,
        problem.penalty,
        problem.fit_intercept,
        total_scale=problem.total_scale,
    )


def _minimise(
    method: str,
    objective: AnyObjective,
    start: Array,
    random: np.random.Generator,
    *,
    tol: float,
    max_iter: int,
) -> Solution:
    """Run a solver, with what it needs of second derivatives."""
    if method == "newton":
        hessian = partial(positive_hessian, objective)
        return minimize_newton(objective, start, hessian=hessian, tol=tol, max_iter=max_iter)
    minimise = minimize_newton_cg if method == "newton-cg" else minimize_lbfgs
    preconditioner = partial(make_preconditioner, objective, random)
    return minimise(objective, start, preconditioner=preconditioner, tol=tol, max_iter=max_iter)
