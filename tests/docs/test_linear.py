"""The claims of linear.md: gradients through a linear layer, the optimum, and two classes with one logit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from scipy.optimize import minimize

from pminusy import CrossEntropy, SoftmaxRegression
from pminusy.estimators.linear_objective import LinearObjective
from pminusy.formulas import cross_entropy as formulas
from pminusy.formulas.softmax import softmax

Array = NDArray[Any]
EXACT = {"rtol": 1e-10, "atol": 1e-11}


@dataclass(frozen=True)
class Problem:
    """Rows of mass Y under Z = XW + b, the mean over rows, and a penalty λ."""

    X: Array
    W: Array
    b: Array
    Y: Array
    penalty: float

    def f(self, X: Array, W: Array, b: Array) -> Any:
        """The objective from its definition; accepts complex X, W and b."""
        Z = X @ W + b
        log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
        return -(self.Y * log_P).sum() / len(self.Y) + self.penalty / 2 * (W**2).sum()

    def dZ(self) -> Array:
        return formulas.gradient(self.X @ self.W + self.b, self.Y) / len(self.Y)

    def objective(self) -> LinearObjective:
        settled = CrossEntropy().settle(self.Y, self.Y.shape, np.dtype(np.float64))
        return LinearObjective(
            self.X, settled, self.Y.shape[1], self.penalty, fit_intercept=True, dtype=np.dtype(np.float64)
        )


@st.composite
def problems(draw: st.DrawFn, least: int = 2, most: int = 5) -> Problem:
    n, d, k = draw(st.integers(1, 6)), draw(st.integers(1, 4)), draw(st.integers(least, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    X, W, b = rng.normal(size=(n, d)), rng.normal(size=(d, k)), rng.normal(size=k)
    return Problem(X, W, b, rng.uniform(0, 2, (n, k)), draw(st.sampled_from([0.0, 0.3])))


def complex_step(f: Callable[[Array], Any], at: Array) -> Array:
    steps = 1e-30j * np.eye(at.size).reshape(at.size, *at.shape)
    return np.array([f(at + step).imag / 1e-30 for step in steps]).reshape(at.shape)


@given(problems())
def test_gradients_by_index_by_matrix_and_by_complex_step(x: Problem) -> None:
    (N, D), K, dZ = x.X.shape, x.Y.shape[1], x.dZ()
    dW = [
        [sum(x.X[i, d] * dZ[i, k] for i in range(N)) + x.penalty * x.W[d, k] for k in range(K)]
        for d in range(D)
    ]
    db = [sum(dZ[i, k] for i in range(N)) for k in range(K)]
    dX = [[sum(dZ[i, k] * x.W[d, k] for k in range(K)) for d in range(D)] for i in range(N)]
    assert_allclose(dW, complex_step(lambda W: x.f(x.X, W, x.b), x.W), **EXACT)
    assert_allclose(db, complex_step(lambda b: x.f(x.X, x.W, b), x.b), **EXACT)
    assert_allclose(dX, complex_step(lambda X: x.f(X, x.W, x.b), x.X), **EXACT)
    assert_allclose(x.X.T @ dZ + x.penalty * x.W, dW, **EXACT)
    assert_allclose(dZ @ x.W.T, dX, **EXACT)
    assert_allclose(np.sum(dW, axis=1), x.penalty * x.W.sum(axis=1), **EXACT)


@given(problems(least=3))
def test_the_objective_that_is_trained_has_these_gradients(x: Problem) -> None:
    value, gradient = x.objective().value_and_gradient(np.concatenate([x.W.ravel(), x.b]))
    dZ = x.dZ()
    dW = x.X.T @ dZ + x.penalty * x.W
    assert_allclose(value, x.f(x.X, x.W, x.b), **EXACT)
    assert_allclose(gradient, np.concatenate([dW.ravel(), dZ.sum(axis=0)]), **EXACT)


@given(problems(most=2))
def test_two_classes_are_binary_logistic_regression(x: Problem) -> None:
    w, b = x.W[:, 1], x.b[1]
    t, s, y1 = x.X @ w + b, x.Y.sum(axis=1), x.Y[:, 1]
    p1 = 1 / (1 + np.exp(-t))
    losses = s * np.log(1 + np.exp(t)) - y1 * t
    dt = (s * p1 - y1) / len(t)
    value, gradient = x.objective().value_and_gradient(np.append(w, b))
    assert_allclose(softmax(np.stack([0 * t, t], axis=1))[:, 1], p1, **EXACT)
    assert_allclose(value, losses.mean() + x.penalty / 2 * w @ w, **EXACT)
    assert_allclose(gradient, np.append(x.X.T @ dt + x.penalty * w, dt.sum()), **EXACT)


@given(problems())
def test_second_derivative_along_a_line(x: Problem) -> None:
    rng = np.random.default_rng(x.X.size)
    A, a = rng.normal(size=x.W.shape), rng.normal(size=x.b.shape)
    V, P = x.X @ A + a, softmax(x.X @ x.W + x.b)
    m = (P * V).sum(axis=1, keepdims=True)
    variance = (P * (V - m) ** 2).sum(axis=1)
    claim = (x.Y.sum(axis=1) * variance).mean() + x.penalty * (A**2).sum()

    def slope(at: float) -> float:
        return float(x.f(x.X, x.W + (at + 1e-30j) * A, x.b + (at + 1e-30j) * a).imag / 1e-30)

    assert claim >= 0
    assert_allclose(claim, (slope(1e-5) - slope(-1e-5)) / 2e-5, rtol=1e-6, atol=1e-8)


def _rows(n_classes: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(n_classes)
    X = rng.normal(size=(60, 3))
    return X, (X + rng.normal(size=X.shape))[:, :n_classes].argmax(axis=1)


def test_weights_of_a_feature_add_up_to_zero_at_the_optimum() -> None:
    X, labels = _rows(3)
    model = SoftmaxRegression(C=0.5, tol=1e-9, max_iter=500).fit(X, labels)
    dZ = formulas.gradient(model.decision_function(X), np.eye(3)[labels])
    assert_allclose(0.5 * X.T @ dZ + model.coef_.T, 0, atol=1e-6)  # C·Xᵀ Σ(p − y) + W
    assert_allclose(model.coef_.sum(axis=0), 0, atol=1e-6)
    assert np.abs(model.coef_).max() > 0.1


def test_one_penalised_column_is_two_at_twice_the_penalty() -> None:
    X, labels = _rows(2)
    model = SoftmaxRegression(C=0.5, fit_intercept=False, tol=1e-9, max_iter=500).fit(X, labels)
    Y, penalty = np.eye(2)[labels], 1 / 0.5

    def two_columns(parameters: Array) -> tuple[float, Array]:
        W = parameters.reshape(3, 2)
        dW = X.T @ formulas.gradient(X @ W, Y) + 2 * penalty * W
        return float(formulas.value(X @ W, Y).sum() + penalty * (W**2).sum()), dW.ravel()

    W = minimize(two_columns, np.zeros(6), jac=True, options={"gtol": 1e-9}).x.reshape(3, 2)
    assert_allclose(W[:, 1] - W[:, 0], model.coef_[0], atol=1e-6)
    assert_allclose(W[:, 1] + W[:, 0], 0, atol=1e-6)
