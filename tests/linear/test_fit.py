"""Which solver is chosen; what it finds is in test_regression.py."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from tests.linear.models import pose

from pminusy import CrossEntropy
from pminusy.linear import fit as linear_fit
from pminusy.linear.fit import choose_solver, fit_linear
from pminusy.linear.problem import LinearProblem


def problem(X: Any, n_classes: int) -> LinearProblem:
    return pose(X, np.arange(X.shape[0]) % n_classes, n_classes)


@pytest.mark.parametrize(
    ("shape", "n_classes", "expected"),
    [
        ((150, 4), 3, "newton"),
        ((100_000, 20), 5, "newton"),
        ((60_000, 784), 10, "lbfgs"),
        ((500, 900), 40, "lbfgs"),
    ],
)
def test_few_parameters_are_for_newton(shape: tuple[int, int], n_classes: int, expected: str) -> None:
    X = np.broadcast_to(0.0, shape)
    assert choose_solver(problem(X, n_classes)) == expected


@pytest.mark.parametrize(
    ("shape", "density", "expected"),
    [
        ((150, 4), 1.0, "newton"),
        ((20_000, 10), 0.5, "newton"),
        ((20_000, 300), 0.05, "lbfgs"),
        ((2000, 5000), 0.01, "lbfgs"),
    ],
)
def test_sparse_rows_go_by_cost(shape: tuple[int, int], density: float, expected: str) -> None:
    X = sp.random_array(shape, density=density, format="csr", rng=0)
    assert choose_solver(problem(X, 3)) == expected


def fit(X: Any, solver: str = "auto", **options: Any) -> Any:
    settings = {"tol": 1e-9, "max_iter": 500, "random": np.random.default_rng(0)}
    return fit_linear(problem(X, 3), solver, options.pop("start", None), **(settings | options))


@pytest.mark.parametrize("solver", ["newton", "newton-cg", "lbfgs"])
def test_turning_the_rows_changes_nothing(rng: Any, monkeypatch: pytest.MonkeyPatch, solver: str) -> None:
    X = rng.standard_normal((20, 70)) * rng.uniform(0.1, 3, 70)
    turned = fit(X, solver)
    started = fit(X, solver, start=(turned.coefficients, turned.intercepts), tol=1e-7)
    monkeypatch.setattr(linear_fit, "is_wide", lambda _: False)
    plain = fit(X, solver)
    np.testing.assert_allclose(turned.coefficients, plain.coefficients, atol=1e-7)
    np.testing.assert_allclose(turned.intercepts, plain.intercepts, atol=1e-7)
    assert turned.result.objective == pytest.approx(plain.result.objective, rel=1e-12)
    assert started.result.n_iter == 0
    assert turned.coefficients.shape == (3, 70)


@pytest.mark.parametrize("solver", ["newton", "newton-cg", "lbfgs"])
def test_the_objective_is_reported_in_the_users_scale(rng: Any, solver: str) -> None:
    """C Σ L + ½‖W‖² with C = 1 / (penalty · N)."""
    X = rng.standard_normal((50, 4))
    found = fit(X, solver)
    Z = X @ found.coefficients.T + found.intercepts
    loss = CrossEntropy(reduction="sum").value(Z, np.arange(50) % 3)
    expected = loss / (0.1 * 50) + np.vdot(found.coefficients, found.coefficients) / 2
    assert found.result.objective == pytest.approx(expected, rel=1e-9)
