from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from tests.linear.models import LinearModel, pose

from pminusy import threads
from pminusy.linear import evaluation
from pminusy.linear.evaluation import Evaluation
from pminusy.linear.problem import LinearProblem


def posed(model: LinearModel) -> LinearProblem:
    return pose(
        model.X,
        model.targets,
        model.n_classes,
        penalty=model.penalty,
        fit_intercept=model.fit_intercept,
        weights=model.weights,
        dtype=model.X.dtype,
        weight=model.class_weight,
        label_smoothing=model.smoothing,
    )


@st.composite
def models(draw: Any) -> LinearModel:
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    n_rows, n_classes, n_features = draw(st.integers(1, 40)), draw(st.integers(1, 5)), draw(st.integers(0, 6))
    X = rng.standard_normal((n_rows, n_features)).astype(draw(st.sampled_from([np.float32, np.float64])))
    kind = draw(st.sampled_from(["C", "F", "csr"]))
    stored = sp.csr_matrix(X) if kind == "csr" else np.asarray(X, order=kind)
    targets = (
        rng.integers(0, n_classes, n_rows) if draw(st.booleans()) else rng.uniform(size=(n_rows, n_classes))
    )
    return LinearModel(
        stored,
        targets,
        n_classes,
        penalty=draw(st.sampled_from([0.0, 0.3])),
        fit_intercept=draw(st.booleans()),
        weights=draw(st.sampled_from([None, rng.uniform(0.5, 2, n_rows)])),
        class_weight=draw(st.sampled_from([None, rng.uniform(0.5, 2, n_classes)])),
        smoothing=draw(st.sampled_from([0.0, 0.2])),
    )


def parameters(model: LinearModel, seed: int = 0) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    W = rng.standard_normal((model.n_free, model.X.shape[1]))
    return W, rng.standard_normal(model.n_free) * model.fit_intercept


@given(models())
def test_value_gradient_and_masses_are_the_formulas(model: LinearModel) -> None:
    W, b = parameters(model)
    at, (dW, db) = Evaluation(posed(model), W, b), model.gradient(W, b)
    assert at.value == pytest.approx(model.value(W, b), rel=1e-12)
    np.testing.assert_allclose(at.dW, dW, atol=1e-12)
    np.testing.assert_allclose(at.db, db, atol=1e-12)
    assert at.gradient_norm == pytest.approx(max(abs(dW).max(initial=0), abs(db).max()), abs=1e-12)
    X, m = model.exact_X(), model.Y().sum(axis=1)
    np.testing.assert_allclose(at.class_mass(), model.Y().sum(axis=0), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(at.mean_row, m @ X, atol=1e-12)
    assert at.mean_square == pytest.approx(m @ (X**2).sum(axis=1), rel=1e-12)
    assert at.mean_size == pytest.approx(m @ np.sqrt((X**2).sum(axis=1)), rel=1e-12)


@pytest.mark.parametrize("kept", [True, False])
def test_the_bits_are_the_same_on_any_number_of_threads(monkeypatch: pytest.MonkeyPatch, kept: bool) -> None:
    if not kept:
        monkeypatch.setattr(evaluation, "_KEPT_LOGITS", 0)
    rng = np.random.default_rng(0)
    model = LinearModel(rng.standard_normal((9000, 30)).astype(np.float32), rng.integers(0, 4, 9000), 4)
    W, b = parameters(model)
    found = []
    for n_threads in (1, 2, 5):
        with threads(n_threads):
            at = Evaluation(posed(model), W, b)
            found.append((at.value, at.dW.tobytes(), at.db.tobytes()))
    assert len(set(found)) == 1
    sums = at.sum_over_logits(lambda at, X, Z, rows: (Z.sum(axis=0),))[0]
    np.testing.assert_allclose(sums, model.logits(W, b).sum(axis=0), rtol=1e-9)


def test_rows_without_weight_may_hold_anything() -> None:
    X = np.array([[1.0], [2.0], [1e300]])
    model = LinearModel(X, np.array([0, 1, 1]), 3, weights=np.array([1.0, 1.0, 0.0]))
    W, b = 1e20 * np.ones((3, 1)), np.zeros(3)
    at = Evaluation(posed(model), W, b)
    assert np.isfinite(at.value)
    assert np.isfinite(at.dW).all()


@given(models(), st.integers(0, 99))
def test_margins_are_those_of_the_classes_with_mass(model: LinearModel, seed: int) -> None:
    if not model.n_free:
        return
    at = Evaluation(posed(model), *parameters(model))
    V, c = parameters(model, seed)
    U, support = model.logits(V, c), model.Y() > 0
    np.testing.assert_array_equal(at.support(), support)
    np.testing.assert_array_equal(at.support(np.array([0])), support[:1])
    terms = (abs(model.exact_X()) @ abs(V).T).max(axis=1) + abs(c).max()
    terms[terms == 0] = 1.0
    margins, n_classes = at.margins(V, c), range(model.n_classes)
    for i, u in enumerate(U):
        every = [u[k] - u[j] for k in n_classes if support[i, k] for j in n_classes]
        assert margins.smallest[i] == pytest.approx(min(every) / terms[i], abs=1e-12)
        assert margins.largest[i] == pytest.approx(max(every) / terms[i], abs=1e-12)
