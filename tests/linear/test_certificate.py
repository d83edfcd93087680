from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from tests.linear.models import LinearModel, evaluate, parameters_of

from pminusy.linear.certificate import gap_bound, separates
from pminusy.linear.hessian import positive_hessian
from pminusy.solvers.newton import minimize_newton


def overlapping(n_classes: int, mean: float = 0.0, **options: Any) -> LinearModel:
    rng = np.random.default_rng(n_classes)
    X = rng.standard_normal((200, 3))
    labels = (X[:, :n_classes] + rng.standard_normal((200, n_classes))).argmax(axis=1)
    return LinearModel(X + mean, labels, n_classes, **options)


def lowest(model: LinearModel) -> tuple[float, Any]:
    objective = model.objective()
    solution = minimize_newton(
        objective,
        parameters_of(objective, 0.0),
        hessian=partial(positive_hessian, objective),
        tol=1e-12,
        max_iter=100,
    )
    return evaluate(objective, solution.parameters)[0], solution.parameters


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("standardised", [False, True])
@pytest.mark.parametrize("size", [0.0, 0.01, 1.0, 30.0])
def test_without_an_intercept_the_bound_holds_anywhere(
    n_classes: int, standardised: bool, size: float
) -> None:
    model = overlapping(n_classes, mean=2.0, fit_intercept=False, standardised=standardised)
    objective, (best, _) = model.objective(), lowest(model)
    for seed in range(10):
        value, gradient = evaluate(objective, parameters_of(objective, size, seed))
        assert value - best <= gap_bound(objective, gradient)


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("mean", [0.0, 3.0, 30.0])
@pytest.mark.parametrize("shift", [0.003, 0.02])
def test_with_one_it_holds_where_only_the_intercept_is_off(n_classes: int, mean: float, shift: float) -> None:
    """W is the best for its b, so that all of the gap is due to b, and to the W that would go with a better b."""
    model = overlapping(n_classes, mean, penalty=0.01)
    objective, (best, parameters) = model.objective(), lowest(model)
    W, b = objective.layout.unpack(parameters.copy())
    b = b + shift * (1 + mean) * np.arange(1, n_classes + 1)[: len(b)]

    def for_this_b(weights: Any) -> tuple[float, Any]:
        value, gradient = evaluate(objective, objective.layout.pack(weights.reshape(W.shape), b))
        return value, objective.layout.unpack(gradient)[0].ravel()

    best_W = minimize(for_this_b, W.ravel(), jac=True, method="BFGS", options={"gtol": 1e-8}).x
    value, gradient = evaluate(objective, objective.layout.pack(best_W.reshape(W.shape), b))
    # The share of b is exact to second order only.
    assert value - best <= 1.05 * gap_bound(objective, gradient)


def test_without_a_penalty_there_is_none() -> None:
    objective = overlapping(3, penalty=0.0).objective()
    assert gap_bound(objective, evaluate(objective, parameters_of(objective, 0.1))[1]) == np.inf


@given(st.integers(2, 4), st.booleans(), st.integers(0, 99))
def test_separation_is_a_matter_of_margins(n_classes: int, fit_intercept: bool, seed: int) -> None:
    rng = np.random.default_rng(seed)
    X, labels = rng.standard_normal((6, 4)), np.arange(6) % n_classes
    model = LinearModel(X, labels, n_classes, fit_intercept=fit_intercept)
    objective = model.objective()
    direction = parameters_of(objective, 1.0, seed)
    Z = model.logits(*objective.layout.to_user(direction))
    own = Z[np.arange(6), labels]
    Z[np.arange(6), labels] = -np.inf
    margins = own - Z.max(axis=1)
    assert separates(objective, direction) == bool(
        margins.max() > 0 and margins.min() >= -1e-5 * margins.max()
    )


def test_rows_without_weight_and_soft_targets_decide_nothing() -> None:
    X, labels = np.array([[1.0], [2.0], [-1.0], [5.0]]), np.array([1, 1, 0, 0])
    weighted = LinearModel(X, labels, 2, fit_intercept=False, weights=np.array([1.0, 1, 1, 0]))
    assert separates(weighted.objective(), np.ones(1))
    assert not separates(replace(weighted, weights=None).objective(), np.ones(1))
    assert not separates(replace(weighted, smoothing=0.1).objective(), np.ones(1))
    assert not separates(replace(weighted, targets=np.eye(2)[labels]).objective(), np.ones(1))
    assert not separates(weighted.objective(), np.zeros(1))
