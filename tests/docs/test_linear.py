"""The claims of linear.md: derivatives through a linear layer, coordinates, bounds, two classes with one logit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from scipy.optimize import minimize

from pminusy import CrossEntropy, SoftmaxRegression
from pminusy.blocks.dense import DenseRows
from pminusy.blocks.standardisation import Standardisation
from pminusy.formulas import cross_entropy as formulas
from pminusy.formulas.softmax import softmax
from pminusy.linear.hessian import hessian
from pminusy.linear.objective import LinearObjective, ridge_objective

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
        Z = Z - Z.real.max(axis=1, keepdims=True)
        log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
        return -(self.Y * log_P).sum() / len(self.Y) + self.penalty / 2 * (W**2).sum()

    def dZ(self) -> Array:
        return formulas.gradient(self.X @ self.W + self.b, self.Y) / len(self.Y)

    def objective(self) -> LinearObjective:
        dtype = np.dtype(np.float64)
        settled = CrossEntropy().settle(self.Y, self.Y.shape, dtype)
        rows = DenseRows(self.X, dtype)
        return ridge_objective(rows, settled, self.Y.shape[1], self.penalty, fit_intercept=True)

    def standardised(self) -> LinearObjective:
        """The same in coordinates in which all columns have mean 0 and mean square 1."""
        dtype = np.dtype(np.float64)
        settled = CrossEntropy().settle(self.Y, self.Y.shape, dtype)
        rows = DenseRows(
            self.X, dtype, Standardisation.of(self.X, centred=True, counted=np.ones(len(self.X), bool))
        )
        return ridge_objective(rows, settled, self.Y.shape[1], self.penalty, fit_intercept=True)

    def hessian_claim(self) -> Array:
        """Entry (k, d), (l, e) as on the page; the intercept comes after the features."""
        (N, D), K, P = self.X.shape, self.Y.shape[1], softmax(self.X @ self.W + self.b)
        w, a = self.Y.sum(axis=1) / N, np.hstack([self.X, np.ones((N, 1))])
        H = np.zeros((K, D + 1, K, D + 1))
        for k, d, m, e in np.ndindex(H.shape):
            own = sum(w[i] * P[i, k] * a[i, d] * a[i, e] for i in range(N))
            g = [np.sqrt(w[i]) * P[i, k] * a[i, d] * np.sqrt(w[i]) * P[i, m] * a[i, e] for i in range(N)]
            H[k, d, m, e] = (k == m) * own - sum(g) + self.penalty * ((k, d) == (m, e) and d < D)
        return H


@st.composite
def problems(draw: st.DrawFn, least: int = 2, most: int = 5) -> Problem:
    n, d, k = draw(st.integers(1, 6)), draw(st.integers(1, 4)), draw(st.integers(least, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    X, W, b = rng.normal(size=(n, d)), rng.normal(size=(d, k)), rng.normal(size=k)
    return Problem(X, W, b, rng.uniform(0, 2, (n, k)), draw(st.sampled_from([0.0, 0.3])))


def flat(W: Array, b: Array) -> Array:
    """Parameters in the order that the objective wants: class by class, then the intercepts."""
    return np.concatenate([W.T.ravel(), b])


def evaluate(objective: LinearObjective, parameters: Array) -> tuple[float, Array]:
    gradient = np.empty_like(parameters)
    return objective.value_and_gradient(parameters, gradient), gradient


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
    value, gradient = evaluate(x.objective(), flat(x.W, x.b))
    dZ = x.dZ()
    assert_allclose(value, x.f(x.X, x.W, x.b), **EXACT)
    assert_allclose(gradient, flat(x.X.T @ dZ + x.penalty * x.W, dZ.sum(axis=0)), **EXACT)


@given(problems(least=3))
def test_the_hessian_by_index_by_product_and_as_it_is_trained_with(x: Problem) -> None:
    H, rng = x.hessian_claim(), np.random.default_rng(x.X.size)
    K, D = x.Y.shape[1], x.X.shape[1]
    A, a = rng.normal(size=(D, K)), rng.normal(size=K)
    V = x.X @ A + a
    dU = formulas.hvp(x.X @ x.W + x.b, x.Y, V) / len(x.Y)
    P, m = softmax(x.X @ x.W + x.b), (softmax(x.X @ x.W + x.b) * V).sum(axis=1, keepdims=True)
    assert_allclose(dU, x.Y.sum(axis=1, keepdims=True) * P * (V - m) / len(x.Y), **EXACT)
    product = flat(x.X.T @ dU + x.penalty * A, dU.sum(axis=0))
    by_index = np.einsum("kdle,le->kd", H, np.hstack([A.T, a[:, None]]))
    assert_allclose(flat(by_index[:, :D].T, by_index[:, D]), product, **EXACT)

    objective = x.objective()
    evaluate(objective, flat(x.W, x.b))
    trained = np.empty(objective.layout.n_parameters)
    objective.hessian_product(flat(A, a), trained)
    assert_allclose(trained, product, **EXACT)
    order = np.hstack([np.arange(K * D).reshape(K, D), K * D + np.arange(K)[:, None]]).ravel()
    assert_allclose(hessian(objective)[np.ix_(order, order)], H.reshape(len(order), -1), **EXACT)


@given(problems())
def test_shifts_are_flat_and_a_stiffness_there_changes_no_step(x: Problem) -> None:
    H = x.hessian_claim()
    D, K = x.X.shape[1], x.Y.shape[1]
    for e in range(D + 1):
        along = np.einsum("kdl->kd", H[..., e])
        penalty = x.penalty * (np.arange(D + 1) == e) * (e < D)
        assert_allclose(along, np.broadcast_to(penalty, (K, D + 1)), **EXACT)
    dZ = x.dZ()
    assert_allclose(dZ.sum(axis=1), 0, atol=1e-14)
    u = np.concatenate([np.zeros(K * D), np.ones(K)])  # weights first, then intercepts
    g = np.concatenate([(x.X.T @ dZ + x.penalty * x.W).T.ravel(), dZ.sum(axis=0)])
    flattened = np.concatenate([H[:, :D].reshape(K * D, -1), H[:, D].reshape(K, -1)])
    order = np.hstack([np.arange(K * D).reshape(K, D), K * D + np.arange(K)[:, None]]).ravel()
    square = np.empty_like(flattened)
    square[:, order] = flattened
    if x.penalty:  # without it the weights have flat directions of their own
        steps = [np.linalg.solve(square + tau * np.outer(u, u), -g) for tau in (0.1, 3.0)]
        assert_allclose(steps[0], steps[1], rtol=1e-6, atol=1e-9)
        assert_allclose(square @ steps[0], -g, atol=1e-9)
        assert_allclose(u @ steps[0], 0, atol=1e-9)


@given(problems(least=3))
def test_standardised_coordinates_change_no_value_and_no_users_gradient(x: Problem) -> None:
    plain, standardised = x.objective(), x.standardised()
    moved = standardised.layout.standardisation
    assert moved is not None
    mu, sigma = moved.centre, moved.scale
    value, gradient = evaluate(plain, flat(x.W, x.b))
    barred = flat(sigma[:, None] * x.W, x.b + mu @ x.W)
    assert_allclose(standardised.layout.from_user(x.W.T, x.b), barred, **EXACT)
    barred_value, barred_gradient = evaluate(standardised, barred)
    assert_allclose(barred_value, value, **EXACT)
    dW, db = plain.layout.unpack(barred_gradient)
    by_page = flat((sigma * dW + mu * db[:, None]).T, db)
    assert_allclose(by_page, gradient, **EXACT)
    assert_allclose(standardised.gradient_norm(barred_gradient), np.abs(gradient).max(), **EXACT)


@given(problems(), st.floats(0.01, 10))
def test_no_point_lies_further_below_than_the_bound(x: Problem, penalty: float) -> None:
    x = replace(x, b=0 * x.b, penalty=penalty)
    g = x.X.T @ x.dZ() + penalty * x.W
    bound = (g**2).sum() / (2 * penalty)

    def below(W: Array) -> tuple[float, Array]:
        y = replace(x, W=W.reshape(x.W.shape))
        return float(y.f(y.X, y.W, y.b)), (y.X.T @ y.dZ() + penalty * y.W).ravel()

    lowest = minimize(below, x.W.ravel(), jac=True, method="BFGS").fun
    assert -1e-12 <= below(x.W)[0] - lowest <= bound * (1 + 1e-9) + 1e-12


@given(problems(), st.floats(0.01, 100), st.integers(0, 99))
def test_a_slope_that_is_not_positive_proves_a_decrease(x: Problem, t: float, seed: int) -> None:
    A = np.random.default_rng(seed).normal(size=x.W.shape)

    def h(at: float) -> float:
        return float(x.f(x.X, x.W + (at + 1e-30j) * A, x.b).imag / 1e-30)

    if h(0) > 0:
        A = -A
    value, ahead = (float(x.f(x.X, x.W + at * A, x.b)) for at in (0, t))
    rounding = 1e-12 * (1 + abs(value))
    if h(t) <= 0:
        assert ahead <= value + rounding
    elif h(0) < 0:  # the minimum lies before t, and so does the next try
        assert 0 < t * h(0) / (h(0) - h(t)) < t
    assert h(0) <= h(t / 2) + rounding
    assert h(t / 2) <= h(t) + rounding


@given(problems(most=2))
def test_two_classes_are_binary_logistic_regression(x: Problem) -> None:
    w, b = x.W[:, 1], x.b[1]
    t, s, y1 = x.X @ w + b, x.Y.sum(axis=1), x.Y[:, 1]
    p1 = 1 / (1 + np.exp(-t))
    losses = s * np.log(1 + np.exp(t)) - y1 * t
    dt = (s * p1 - y1) / len(t)
    value, gradient = evaluate(x.objective(), np.append(w, b))
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
