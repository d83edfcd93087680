from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from pminusy.formulas.cross_entropy import value
from pminusy.formulas.gap import balancing_shift, gap_bound
from pminusy.formulas.softmax import softmax


def problem(seed: int, n_classes: int = 3):
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((25, 2)), rng.uniform(size=(25, n_classes)) / 25
    return X, Y, 0.3 * rng.standard_normal((2, n_classes)), 0.3 * rng.standard_normal(n_classes)


@given(st.integers(0, 99))
def test_the_balancing_shift_gives_every_class_its_mass(seed):
    X, Y, W, b = problem(seed)
    shift = balancing_shift(X @ W + b, Y)
    np.testing.assert_allclose(Y.sum(axis=1) @ softmax(X @ W + b + shift), Y.sum(axis=0), rtol=1e-9)


def test_a_class_without_mass_is_ruled_out():
    X, Y, W, b = problem(0)
    Y[:, 1] = 0
    shift = balancing_shift(X @ W + b, Y)
    assert (shift == -np.inf).tolist() == [False, True, False]
    assert np.isfinite(gap_bound(X, Y, W, b, shift, 0.1))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("penalty", [0.01, 1.0])
def test_the_bound_is_above_the_gap_and_vanishes_at_the_optimum(seed, penalty):
    X, Y, W, b = problem(seed)

    def f(theta):
        W, b = theta[:6].reshape(2, 3), theta[6:]
        return value(X @ W + b, Y).sum() + penalty / 2 * (W**2).sum()

    found = minimize(f, np.zeros(9), method="BFGS", options={"gtol": 1e-9})
    start = np.concatenate([W.ravel(), b])
    assert f(start) - found.fun <= gap_bound(X, Y, W, b, balancing_shift(X @ W + b, Y), penalty)
    W, b = found.x[:6].reshape(2, 3), found.x[6:]
    assert gap_bound(X, Y, W, b, balancing_shift(X @ W + b, Y), penalty) < 1e-6
