"""How certain fitted coefficients are: the inverse of the Hessian at the end of a fit.

Conventions
-----------
A class has S parameters, its intercept the last: S = D + 1, or D without intercepts. H (F, S, F, S) is the Hessian of

    Σ_i L_i + ‖W‖²/2C

and softmax sees differences of classes only. Parameters θ that add up to 0 over the classes are given by those of each
class less the first's, γ_k = θ_k − θ_0: θ = Bγ with B = I − 11ᵀ/K less its first column, feature by feature. So

    cov γ = (BᵀHB)⁻¹,    cov θ = B (cov γ) Bᵀ,    the pseudo-inverse of H on what adds up to 0.

Two classes have one column, which is γ itself: cov γ = H⁻¹. Derivation: docs/derivations/inference.md.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning

from pminusy.errors import InputError
from pminusy.linear.fit import LinearSolution, make_objective
from pminusy.linear.hessian import hessian
from pminusy.linear.layout import ParameterLayout
from pminusy.linear.objective import AnyObjective
from pminusy.linear.pivots import invert_by_pivots
from pminusy.linear.problem import AnyProblem
from pminusy.solvers.result import Reason

Array = NDArray[Any]

MOST_PARAMETERS = 4000  # a matrix of that many squared takes 128 MB, and several are needed on the way
NO_OPTIMUM = (Reason.SEPARABLE, Reason.NOT_FINITE)
_NEGLIGIBLE = 1e-3  # a component this small beside 1 is no part of a flat direction
_FAR = 0.1  # standard errors


@dataclass(frozen=True)
class Curvature:
    """What the Hessian says of each class's parameters less the first class's: the K − 1 classes' γ.

    Attributes
    ----------
    covariance : array (K - 1, S, K - 1, S), float64
        cov γ, for X as the user has it; empty where H is flat along some direction.
    flat : bool array (K - 1, S)
        The parameters that have a part in such directions.
    """

    covariance: Array
    flat: Array


def check_size(problem: AnyProblem) -> None:
    """Refuse, before any work is done, a problem whose Hessian is too large to invert."""
    size = problem.X.shape[1] + problem.fit_intercept
    if problem.n_free * size > MOST_PARAMETERS:
        raise InputError(
            f"compute_inference: expected at most {MOST_PARAMETERS} coefficients and intercepts, "
            f"got {problem.n_free * size}"
        )


def measure_curvature(problem: AnyProblem, solution: LinearSolution) -> Curvature | None:
    """Invert the Hessian at a solution, in float64 whatever X is; None where there is no optimum.

    Warns
    -----
    ConvergenceWarning
        Some linear combination of the coefficients may lie `_FAR` of its standard errors from the optimum: with δ the
        Newton step that is left and ⟨δ, Hδ⟩ = ⟨g, H⁻¹g⟩, ⟨c, δ⟩² ≤ ⟨δ, Hδ⟩⟨c, H⁻¹c⟩ for every c.
    """
    if solution.result.reason in NO_OPTIMUM:
        return None
    # Newton's objective: in float64, and dense columns centred and scaled, so that H is as well-conditioned as may be.
    objective = make_objective(problem, "newton")
    H, slope = _derivatives(objective, solution, problem.total_weight)
    units = _units(H, any_scale=objective.layout.standardisation is None)
    inverse, flat = _invert(H.reshape(slope.size, slope.size), units.ravel())
    if flat.any():
        return Curvature(inverse, flat.reshape(slope.shape))
    distance = float(np.sqrt(slope.ravel() @ inverse @ slope.ravel()))
    if distance > _FAR:
        message = f"coefficients may be {distance:.2g} standard errors from the optimum. Use a smaller tol."
        warnings.warn(f"compute_inference: {message}", ConvergenceWarning, stacklevel=3)
    return Curvature(_to_user(inverse.reshape(H.shape), objective.layout), flat.reshape(slope.shape))


def contrast(values: Array, axis: int, baseline: int | None = None) -> Array:
    """Each class less the baseline, which is left out; without one, less the mean of all."""
    if baseline is None:
        return values - values.mean(axis=axis, keepdims=True)
    return np.delete(values - values.take([baseline], axis), baseline, axis)


def _derivatives(objective: AnyObjective, solution: LinearSolution, total: float) -> tuple[Array, Array]:
    """BᵀHB (K − 1, S, K − 1, S) and Bᵀg (K − 1, S), of the sum over the rows."""
    layout = objective.layout
    parameters = layout.from_user(
        solution.coefficients.astype(np.float64), solution.intercepts.astype(np.float64)
    )
    gradient = np.empty_like(parameters)
    objective.value_and_gradient(parameters, gradient)
    places = layout.places_by_class()
    H = total * hessian(objective)[np.ix_(places.ravel(), places.ravel())].reshape(places.shape * 2)
    slope = total * gradient[places]
    if layout.n_held:
        return H, slope
    return contrast(contrast(H, 0), 2)[1:, :, 1:], contrast(slope, 0)[1:]


def _units(H: Array, any_scale: bool) -> Array:
    """What to measure each parameter in so that its curvature is 1.

    Columns that were scaled have a curvature far below their class's only if they are constant, but for rounding: their
    rounding is not blown up.
    """
    n_classes, size = H.shape[:2]
    curvatures = H.reshape(n_classes * size, -1).diagonal().reshape(n_classes, size)
    floor = 0.0 if any_scale else 1e-6 * curvatures.max(axis=1, keepdims=True)
    roots = np.sqrt(np.maximum(curvatures, floor))
    return np.where(roots > 0, roots, 1.0)


def _invert(matrix: Array, units: Array) -> tuple[Array, Array]:
    """The inverse, and which parameters lie in directions along which the matrix is flat; empty if there are any."""
    scale = np.outer(units, units)
    inverse, directions = invert_by_pivots(matrix / scale)
    if directions.size:
        return np.empty((0, 0)), np.abs(directions).max(axis=1) > _NEGLIGIBLE
    return inverse / scale, np.zeros(len(matrix), bool)


def _to_user(covariance: Array, layout: ParameterLayout) -> Array:
    """The covariance of W = V/σ and b = c − ⟨μ, W⟩ from that of V and c."""
    moved, n_features = layout.standardisation, layout.n_features
    if moved is None:
        return covariance
    T = np.eye(covariance.shape[1])
    T[:n_features, :n_features] = np.diag(1 / moved.scale)
    T[n_features:, :n_features] = -moved.centre / moved.scale
    return np.einsum("de,kelf,gf->kdlg", T, covariance, T, optimize=True)
