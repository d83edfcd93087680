"""From data to coefficients: which solver, in which coordinates, and what the end proves.

Costs in multiplications, for N rows, D features (or non-zeros a row), F free classes and n = F (D + 1) parameters:

    Newton     8 Hessians:   8 (N n² + n³/3)
    L-BFGS     60 passes and 2 preconditioners:   60 · 4 N D F + 2 · 6 F D³

A multiplication of Newton's counts twice, being in float64. Up to _SURE parameters Newton's method is taken whatever
the costs: it minds no scales, and ends at the optimum to all digits. It works on columns that are centred and scaled on
the way, the penalty kept in the user's units. Sparse data are for L-BFGS. Dense data with more features than rows are
turned first, for every solver: X = RᵀQᵀ leaves N columns Rᵀ, with W = Q W' and ‖W‖ = ‖W'‖.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.linalg import get_lapack_funcs, qr

from pminusy.blocks.dense import DenseRows
from pminusy.blocks.memory import in_memory
from pminusy.blocks.standardisation import Standardisation
from pminusy.linear.certificate import gap_bound, separates
from pminusy.linear.hessian import positive_hessian
from pminusy.linear.objective import LinearObjective, ridge_objective
from pminusy.linear.preconditioners import make_preconditioner
from pminusy.linear.problem import LinearProblem
from pminusy.solvers.lbfgs import minimize_lbfgs
from pminusy.solvers.newton import minimize_newton
from pminusy.solvers.newton_cg import minimize_newton_cg
from pminusy.solvers.result import Reason, Solution, SolverResult

Array = NDArray[Any]

_LEAST_ASKED = 1e-3  # of tol, where fits in the span of the rows go on
SOLVERS = ("newton", "newton-cg", "lbfgs")
_SURE = 300
_MOST_NEWTON = 5000  # parameters: beyond, the Hessian alone takes 200 MB
_MOST_TURNED = 4000  # rows


@dataclass(frozen=True)
class LinearSolution:
    """Coefficients (F, D), intercepts (F,), and how they were found."""

    coefficients: Array
    intercepts: Array
    result: SolverResult


def choose_solver(problem: LinearProblem) -> str:
    """The one expected to be fastest, by the costs above."""
    n_rows, n_features = problem.X.shape
    if sp.issparse(problem.X):
        return "lbfgs"
    n_parameters = problem.n_free * (n_features + 1)
    if n_parameters <= _SURE:
        return "newton"
    newton = 2 * 8 * (n_rows * n_parameters**2 + n_parameters**3 / 3)
    lbfgs = 60 * 4 * n_rows * n_features * problem.n_free + 2 * 6 * problem.n_free * n_features**3
    return "newton" if newton < lbfgs and n_parameters <= _MOST_NEWTON else "lbfgs"


def fit_linear(
    problem: LinearProblem,
    solver: str,
    start: tuple[Array, Array] | None,
    *,
    tol: float,
    max_iter: int,
    random: np.random.Generator,
) -> LinearSolution:
    """Fit by one of `SOLVERS`, or "auto"; from coefficients (F, D) and intercepts (F,), or from zero."""
    n_rows, n_features = problem.X.shape
    if not sp.issparse(problem.X) and 2 * n_rows < n_features and n_rows <= _MOST_TURNED:
        return _fit_turned(problem, solver, start, tol=tol, max_iter=max_iter, random=random)
    method = choose_solver(problem) if solver == "auto" else solver
    objective = make_objective(problem, method)
    parameters = np.zeros(objective.layout.n_parameters, objective.dtype)
    if start:
        parameters = objective.layout.from_user(*_centred(problem, *start))
    solution = _minimise(method, objective, parameters, random, tol=tol, max_iter=max_iter)
    return _certified(problem, objective, solution)


def make_objective(problem: LinearProblem, method: str) -> LinearObjective:
    """The objective in the coordinates that the method wants."""
    dtype = np.dtype(np.float64) if method == "newton" else problem.dtype
    rows = in_memory(problem.X, dtype)
    targets = problem.settle(rows.dtype)
    if method == "newton" and isinstance(rows, DenseRows):
        counted = targets.mass() > 0
        moved = Standardisation.of(problem.X, centred=problem.fit_intercept, counted=counted)
        rows = replace(rows, standardisation=moved)
    total = 1.0 / problem.penalty if problem.penalty else targets.total_weight
    return ridge_objective(
        rows, targets, problem.n_classes, problem.penalty, problem.fit_intercept, total_scale=total
    )


def _minimise(
    method: str,
    objective: LinearObjective,
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


def _certified(problem: LinearProblem, objective: LinearObjective, solution: Solution) -> LinearSolution:
    result, to_user, gradient = solution.result, objective.layout.to_user, solution.gradient
    found = to_user(solution.parameters)
    coefficients, intercepts = _centred(problem, *found)
    if np.isfinite(result.objective):
        if problem.penalty and _differ(coefficients, found[0]):
            # What is handed out has a smaller penalty than what the solver ended with.
            parameters, gradient = (
                objective.layout.from_user(coefficients, intercepts),
                np.empty_like(gradient),
            )
            value = objective.value_and_gradient(parameters, gradient)
            result = replace(
                result,
                objective=value * objective.total_scale,
                gradient_norm=objective.gradient_norm(gradient),
                passes=result.passes + 1,
            )
        bound = gap_bound(objective, gradient) * objective.total_scale
        result = replace(result, gap_bound=bound)
    if not problem.penalty and np.isfinite(result.objective):
        for direction in (solution.parameters, solution.last_step):
            if direction.any() and separates(objective, direction):
                parts = to_user(direction)
                size = np.sqrt(sum(float(np.vdot(part, part)) for part in parts))
                separating = (parts[0] / size, parts[1] / size)
                result = replace(result, reason=Reason.SEPARABLE, separating_direction=separating)
                break
    return LinearSolution(coefficients.astype(problem.dtype), intercepts.astype(problem.dtype), result)


def _differ(coefficients: Array, others: Array) -> bool:
    """Whether two sets of coefficients differ by more than rounding."""
    size = float(np.abs(others).max(initial=0.0))
    return float(np.abs(coefficients - others).max(initial=0.0)) > 8 * np.finfo(others.dtype).eps * size


def _centred(problem: LinearProblem, coefficients: Array, intercepts: Array) -> tuple[Array, Array]:
    """Of all parameters with the same probabilities those whose sums over the classes are 0."""
    if problem.n_free < problem.n_classes:
        return coefficients, intercepts
    return coefficients - coefficients.mean(axis=0), intercepts - intercepts.mean()


def _fit_turned(
    problem: LinearProblem, solver: str, start: tuple[Array, Array] | None, *, tol: float, **options: Any
) -> LinearSolution:
    """Fit in the span of the rows, where the optimum lies.

    Turning the gradient back keeps its length, but not its largest component: where that is above `tol` again, the
    solver goes on to a smaller one.
    """
    X = problem.X.astype(problem.dtype, order="C", copy=False)
    (reflections, scales), R = qr(X.T, mode="raw", check_finite=False)
    turn = get_lapack_funcs("ormqr", (reflections,))

    def turned(W: Array, transposed: str) -> Array:
        """W Q or W Qᵀ, by the reflections that make up Q."""
        n_columns = len(W)
        return turn("L", transposed, reflections, scales, W.T, max(1, n_columns) * 64)[0].T

    n_rows, n_features = X.shape
    inner = None if start is None else (turned(start[0], "T")[:, :n_rows], start[1])
    within = replace(problem, X=np.ascontiguousarray(np.triu(R[:n_rows]).T))
    whole = make_objective(problem, "lbfgs")

    def back(W: Array) -> Array:
        return turned(np.concatenate([W, np.zeros((len(W), n_features - n_rows), W.dtype)], axis=1), "N")

    n_iter, passes, seconds, asked = 0, 0, 0.0, tol
    while True:
        found = fit_linear(within, solver, inner, tol=asked, **options)
        result, coefficients = found.result, back(found.coefficients)
        n_iter, passes, seconds = n_iter + result.n_iter, passes + result.passes, seconds + result.seconds
        norm = whole.gradient_norm(_evaluated(whole, coefficients, found.intercepts)[1])
        if result.reason is not Reason.GRADIENT_TOLERANCE or norm <= tol or asked < _LEAST_ASKED * tol:
            break
        asked, inner = 0.5 * asked * tol / norm, (found.coefficients, found.intercepts)
    result = replace(
        result, gradient_norm=norm, tolerance=tol, n_iter=n_iter, passes=passes + 1, seconds=seconds
    )
    if norm > tol and result.reason is Reason.GRADIENT_TOLERANCE:
        result = replace(result, reason=Reason.PRECISION)
    if result.separating_direction is not None:
        W, b = result.separating_direction
        result = replace(result, separating_direction=(back(W), b))
    return LinearSolution(coefficients, found.intercepts, result)


def _evaluated(objective: LinearObjective, coefficients: Array, intercepts: Array) -> tuple[float, Array]:
    """The value and the gradient at coefficients and intercepts of the user's."""
    parameters = objective.layout.from_user(coefficients, intercepts)
    gradient = np.empty_like(parameters)
    return objective.value_and_gradient(parameters, gradient), gradient
