from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from tests.linear.parts.local import clouds, in_parts, solve, whole

from pminusy import InputError, Reason, SoftmaxRegression
from pminusy.linear.curvature import measure_curvature

X, Y = clouds(900, 7, 4)
BORDERS = [0, 130, 131, 600, 900]
WEIGHTS = np.random.default_rng(1).integers(0, 4, 900)
MASS = 0.6 * np.eye(4)[Y] + 0.1


@pytest.mark.parametrize("solver", ["newton", "newton-cg", "lbfgs"])
@pytest.mark.parametrize("kind", ["dense", "float32", "sparse", "integers"])
@pytest.mark.parametrize("C", [0.5, np.inf])
def test_parts_have_the_optimum_of_the_whole(solver: Any, kind: str, C: float) -> None:
    rows: Any = {"dense": X, "float32": X.astype(np.float32), "integers": np.round(3 * X).astype(int)}.get(
        kind
    )
    rows = sp.csr_matrix(X * (np.abs(X) > 0.5)) if rows is None else rows
    model = SoftmaxRegression(C=C, solver=solver, tol=1e-4 if kind == "float32" else 1e-8)
    problem = in_parts(model, rows, Y, BORDERS)
    one, other = solve(model, problem), solve(model, whole(model, rows, Y))
    assert one.result.reason is Reason.GRADIENT_TOLERANCE
    assert one.result.separable is other.result.separable is False
    assert one.result.objective == pytest.approx(
        other.result.objective, rel=1e-6 if kind == "float32" else 1e-12
    )
    np.testing.assert_allclose(one.coefficients, other.coefficients, atol=2e-2 if kind == "float32" else 1e-7)
    assert one.coefficients.dtype == problem.dtype


@pytest.mark.parametrize(
    ("options", "weights", "y", "classes"),
    [
        ({"class_weight": "balanced"}, WEIGHTS, Y, None),
        ({"class_weight": {0: 2.0, 3: 0.5}, "label_smoothing": 0.1}, None, Y, None),
        ({"class_weight": "balanced"}, WEIGHTS, MASS, range(4)),
        ({"fit_intercept": False}, WEIGHTS, Y > 1, None),
        ({}, None, Y, [3, 0, 9, 1, 2]),
    ],
)
def test_weights_and_mass_mean_the_same_in_parts(options: Any, weights: Any, y: Any, classes: Any) -> None:
    model = SoftmaxRegression(tol=1e-9, **options)
    one = solve(model, in_parts(model, X, y, BORDERS, weights, classes))
    other = solve(model, whole(model, X, y, weights, classes))
    assert one.result.objective == pytest.approx(other.result.objective, rel=1e-12)
    np.testing.assert_allclose(one.coefficients, other.coefficients, atol=1e-8)
    assert one.result.gap <= 1e-6 * one.result.objective


@pytest.mark.parametrize("solver", ["newton", "lbfgs"])
def test_separable_rows_are_found_in_parts(solver: Any) -> None:
    model = SoftmaxRegression(C=np.inf, solver=solver)
    apart = np.append(X[:, :2], (Y == 2)[:, None], axis=1)
    found = solve(model, in_parts(model, apart, Y, BORDERS)).result
    assert (found.separable, found.reason) == (True, Reason.SEPARABLE)
    V, c = found.separating_direction or (np.empty(0), np.empty(0))
    margins = (apart @ V.T + c)[np.arange(900), Y] - (apart @ V.T + c).max(axis=1)
    assert margins.min() >= -1e-9


def test_standard_errors_are_those_of_the_whole() -> None:
    model = SoftmaxRegression(tol=1e-10, C=np.inf)
    problems = in_parts(model, X, Y, BORDERS), whole(model, X, Y)
    found = [measure_curvature(problem, solve(model, problem)) for problem in problems]
    assert found[0] is not None
    assert found[1] is not None
    np.testing.assert_allclose(found[0].covariance, found[1].covariance, rtol=1e-6, atol=1e-10)


def test_a_draw_is_of_the_same_rows_in_one_part() -> None:
    model = SoftmaxRegression(solver="lbfgs")
    rows, labels = clouds(3000, 5, 3)
    one, other = (
        solve(model, in_parts(model, rows, labels, [0, 3000])),
        solve(model, whole(model, rows, labels)),
    )
    np.testing.assert_allclose(one.coefficients, other.coefficients, atol=1e-9)
    assert one.result.n_iter == other.result.n_iter


@pytest.mark.parametrize(
    ("options", "weights", "message"),
    [
        ({}, np.zeros(900), "at least one row with positive weight"),
        ({"C": 1e-320}, None, "C: expected"),
        ({"class_weight": {"z": 1.0}}, None, "class_weight: expected classes among"),
    ],
)
def test_what_cannot_be_posed(options: Any, weights: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        in_parts(SoftmaxRegression(**options), X, Y, BORDERS, weights)
