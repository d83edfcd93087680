"""The gap is a bound in spite of rounding: held against objectives in extended precision."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.exceptions import ConvergenceWarning

from pminusy import SoftmaxRegression

LONG = np.longdouble


def objective(model, X, Y):
    """C Σ L + r ‖W‖ + (1 − r)/2 ‖W‖², for rows of mass."""
    X, Y = X.astype(LONG), Y.astype(LONG)
    W, b = model.coef_.T.astype(LONG), model.intercept_.astype(LONG)
    Z = np.concatenate([np.zeros((len(X), Y.shape[1] - len(b)), LONG), X @ W + b], axis=1)
    largest = Z.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z - largest).sum(axis=1, keepdims=True)) + largest
    factors = np.ones(X.shape[1]) if model.penalty_factors is None else np.asarray(model.penalty_factors)
    norms = np.sqrt((W**2).sum(axis=1)) if model.group else np.abs(W).sum(axis=1)
    ratio = LONG(model.l1_ratio)
    penalty = factors @ (ratio * norms + (1 - ratio) / 2 * (W**2).sum(axis=1))
    return LONG(model.C) * (Y * (lse - Z)).sum() + penalty


def fitted(X, y, weights, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        classes = None if y.ndim == 1 else np.arange(y.shape[1])
        return SoftmaxRegression(**options).fit(X, y, weights, classes=classes)


def assert_bounds(X, y, weights, options):
    """Of fits that are stopped anywhere, and of the best that is found from double precision."""
    samples = X.toarray() if sp.issparse(X) else X
    Y = np.eye(int(y.max()) + 1)[y] if y.ndim == 1 else y
    Y = Y if weights is None else Y * weights[:, None]
    best = fitted(samples.astype(np.float64), y, weights, **options | {"tol": 1e-13, "max_iter": 300})
    model = fitted(X, y, weights, **options)
    found, lowest = objective(model, samples, Y), objective(best, samples, Y)
    assert found - lowest <= model.result_.gap
    assert best.result_.gap >= lowest - min(found, lowest)
    if model.result_.converged:
        assert model.result_.relative_gap <= model.tol
        assert model.result_.gap == pytest.approx(model.result_.relative_gap * model.result_.null_objective)


@st.composite
def problems(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, d, k = draw(st.integers(8, 40)), draw(st.integers(1, 8)), draw(st.integers(2, 4))
    X = rng.standard_normal((n, d)) * 10.0 ** rng.uniform(-2, 2, d)
    X += draw(st.sampled_from([0.0, 1.0, 1e4])) * rng.standard_normal(d)
    if draw(st.booleans()):
        X[:, -1], X[:, 0] = X[:, 0], 2.5
    X = X.astype(draw(st.sampled_from([np.float32, np.float64])))
    y = rng.integers(0, k, n)
    y[:k] = np.arange(k)
    if draw(st.booleans()):
        y = rng.dirichlet(np.full(k, 0.3), n) * rng.uniform(0, 2, (n, 1))
    weights = draw(st.sampled_from([None, rng.integers(0, 3, n).astype(float), 10 ** rng.uniform(-5, 1, n)]))
    if weights is not None:
        weights[:k] = 1.0
    factors = draw(st.sampled_from([None, rng.choice([1.0, 0.0, 1e-2], d)]))
    options = {
        "C": 10 ** draw(st.floats(-4, 2)) / max(1.0, float(np.abs(X).max())),
        "l1_ratio": draw(st.sampled_from([1.0, 0.5, 0.01])),
        "group": draw(st.booleans()),
        "fit_intercept": draw(st.booleans()),
        "penalty_factors": None if factors is None or not factors.any() else factors,
        "tol": 10 ** draw(st.floats(-11, -2)),
        "max_iter": draw(st.sampled_from([1, 4, 300])),
        "n_threads": 1,
    }
    return (sp.csr_matrix(X) if draw(st.booleans()) else X), y, weights, options


@settings(max_examples=20)
@given(problems())
def test_the_objective_is_no_further_above_the_minimum(problem):
    assert_bounds(*problem)


@pytest.mark.parametrize("seed", range(4))
def test_single_precision_hides_nothing(seed):
    rng = np.random.default_rng(seed)
    X = (rng.standard_normal((50, 6)) + 3).astype(np.float32)
    y = rng.integers(0, 4, 50)
    assert_bounds(X, y, None, {"C": 1.3, "l1_ratio": 0.5, "tol": 1e-9, "max_iter": 500})


@pytest.mark.parametrize("offset", [0.0, 1e3, 1e6])
def test_unpenalised_columns_of_any_size_are_balanced(offset):
    rng = np.random.default_rng(5)
    X = rng.standard_normal((60, 5)) * [1e-3, 1, 1e3, 1, 1] + offset * rng.standard_normal(5)
    y = (X[:, 1] - X[:, 1].mean() + rng.gumbel(size=(3, 60))).argmax(axis=0)
    options = {"C": 1e-2, "l1_ratio": 1.0, "penalty_factors": [0.0, 0, 0, 1, 1], "tol": 1e-6, "max_iter": 500}
    for fit_intercept in (True, False):
        assert_bounds(X, y, None, options | {"fit_intercept": fit_intercept})


@pytest.mark.parametrize("scale", [1e-150, 1e-9, 1e9, 1e150])
def test_columns_of_extreme_scales_end_with_a_word(scale):
    rng = np.random.default_rng(6)
    X, y = scale * rng.standard_normal((40, 4)), rng.integers(0, 3, 40)
    model = fitted(X, y, None, C=1.0, l1_ratio=1.0)
    assert model.result_.converged or not np.isfinite(model.result_.gap) or model.result_.reason.remedy
    assert np.isfinite(model.coef_).all()
