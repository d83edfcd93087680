from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linear.models import LinearModel, as_user_has_it, evaluate, parameters_of, product

from pminusy.gradcheck import assert_gradient, check_hvp
from pminusy.kernels.parallel import threads
from pminusy.linear import objective as linear_objective
from pminusy.linear.hessian import hessian
from pminusy.linear.preconditioners import make_preconditioner

KINDS: dict[str, Any] = {
    "float64": lambda X: X,
    "float32": lambda X: X.astype(np.float32),
    "fortran": np.asfortranarray,
    "fortran float32": lambda X: np.asfortranarray(X, np.float32),
    "every other column": lambda X: np.repeat(X, 2, axis=1)[:, ::2],
    "read-only": lambda X: np.frombuffer(X.tobytes()).reshape(X.shape),
    "float16": lambda X: X.astype(np.float16),
    "int8": lambda X: np.round(20 * X).astype(np.int8),
    "uint8": lambda X: np.round(20 * np.abs(X)).astype(np.uint8),
    "int64": lambda X: np.round(20 * X).astype(np.int64),
    "bool": lambda X: X > 0,
    "csr": lambda X: sp.csr_matrix(X * (X > 0.5)),
    "csr float32": lambda X: sp.csr_array((X * (X > 0.5)).astype(np.float32)),
    "csr of integers": lambda X: sp.csr_matrix(np.round(3 * X).astype(np.int16)),
    "csr of bool": lambda X: sp.csr_array(X > 0.5),
    "csr, wide indices": lambda X: wide(sp.csr_array(X * (X > 0.5))),
}
DOUBLE = [kind for kind in KINDS if "32" not in kind and kind != "float16"]
SPARSE = [kind for kind in KINDS if kind.startswith("csr")]


def wide(X: Any) -> Any:
    """The same with 64-bit column numbers and row pointers."""
    X.indices, X.indptr = X.indices.astype(np.int64), X.indptr.astype(np.int64)
    return X


@st.composite
def models(
    draw: st.DrawFn, kinds: list[str] | None = None, most_classes: int = 150, most_features: int = 65
) -> LinearModel:
    n_rows = draw(st.one_of(st.integers(2, 10), st.sampled_from([64, 65, 131])))
    n_features = min(most_features, draw(st.one_of(st.integers(1, 12), st.just(65))))
    n_classes = draw(st.sampled_from([k for k in (2, 3, 5, 10, 97, 150) if k <= most_classes]))
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    kind = draw(st.sampled_from(kinds or list(KINDS)))
    targets: Any = rng.integers(0, n_classes, n_rows)
    if draw(st.booleans()):
        targets = rng.random((n_rows, n_classes)) * rng.integers(0, 2, (n_rows, n_classes))
    weights = rng.integers(0, 3, n_rows) + (np.arange(n_rows) == 0)
    return LinearModel(
        KINDS[kind](rng.standard_normal((n_rows, n_features))),
        targets,
        n_classes,
        penalty=draw(st.sampled_from([0.0, 0.1])),
        fit_intercept=draw(st.booleans()),
        weights=weights if draw(st.booleans()) else None,
        class_weight=rng.uniform(0.5, 2, n_classes) if draw(st.booleans()) else None,
        smoothing=draw(st.sampled_from([0.0, 0.2])),
        standardised=draw(st.booleans()) and kind not in SPARSE,
    )


def assert_close(found: Any, expected: Any, dtype: Any, size: float) -> None:
    """To rounding: the sums here have at most a few hundred terms, of the size of X times the logits."""
    np.testing.assert_allclose(found, expected, rtol=0, atol=200 * np.finfo(dtype).eps * size)


@given(models(), st.sampled_from([0.0, 0.3]))
def test_value_gradient_and_product_are_those_of_the_formulas(model: LinearModel, size: float) -> None:
    objective = model.objective()
    x, v = parameters_of(objective, size), parameters_of(objective, 1.0, seed=1)
    value, gradient = evaluate(objective, x)
    point, direction = objective.layout.to_user(x), objective.layout.to_user(v)
    largest = 1 + np.abs(model.exact_X()).max()
    sizes = float(model.Y().sum()) * (1 + np.abs(model.logits(*point)).max()) * largest
    sizes += model.penalty * float(np.vdot(point[0], point[0])) + model.penalty * float(
        np.abs(point[0]).max()
    )
    assert_close(value, model.value(*point), objective.dtype, sizes)
    for found, expected in zip(as_user_has_it(objective, gradient), model.gradient(*point), strict=True):
        assert_close(found, expected, objective.dtype, sizes * largest)
    Hv = as_user_has_it(objective, product(objective, v))
    sizes *= 1 + np.abs(model.logits(*direction)).max()
    sizes += model.penalty * float(np.abs(direction[0]).max())
    for found, expected in zip(Hv, model.hessian_product(*point, *direction), strict=True):
        assert_close(found, expected, objective.dtype, sizes * largest)


@settings(max_examples=30)
@given(models(kinds=DOUBLE, most_classes=10, most_features=6))
def test_gradient_and_product_are_derivatives(model: LinearModel) -> None:
    objective = model.objective()
    x = parameters_of(objective, 0.3 / (1 + np.abs(model.exact_X()).max()))

    def hvp(at: Any, v: Any) -> Any:
        evaluate(objective, at)
        return product(objective, v)

    assert_gradient(lambda x: evaluate(objective, x)[0], lambda x: evaluate(objective, x)[1], x)
    assert check_hvp(lambda x: evaluate(objective, x)[1], hvp, x).ok


@given(models(most_classes=10))
def test_the_hessian_written_out_has_these_products(model: LinearModel) -> None:
    objective = model.objective()
    x = parameters_of(objective, 0.3)
    evaluate(objective, x)
    H = hessian(objective)
    identity = np.eye(objective.layout.n_parameters, dtype=objective.dtype)
    columns = np.array([product(objective, e) for e in identity])
    logits = np.abs(model.logits(*objective.layout.to_user(x))).max()
    assert_close(H, columns, objective.dtype, (1 + logits) * (1 + float(np.abs(columns).max())))
    np.testing.assert_array_equal(H, H.T)


@given(models(most_features=12))
def test_logits_need_not_be_kept(model: LinearModel) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linear_objective, "_KEPT_LOGITS", 0)
        lean = model.objective()
    objective = model.objective()
    x, v = parameters_of(objective, 0.3), parameters_of(objective, 1.0, seed=1)
    (value, gradient), (lean_value, lean_gradient) = evaluate(objective, x), evaluate(lean, x)
    x[:] = np.nan  # what was evaluated counts, not what became of the caller's array
    size = (1 + np.abs(model.exact_X()).max() ** 2) * (1 + np.abs(gradient).max())
    assert value == lean_value
    assert_close(lean_gradient, gradient, lean.dtype, size)
    Hv = product(objective, v)
    assert_close(product(lean, v), Hv, lean.dtype, size * (1 + np.abs(Hv).max()))
    everything = slice(None)
    assert_close(
        lean.point.probabilities(everything), objective.point.probabilities(everything), lean.dtype, size
    )


@pytest.mark.parametrize("kind", ["float64", "uint8", "fortran float32", "csr float32"])
@pytest.mark.parametrize("n_classes", [2, 10, 100])
def test_same_bits_for_any_number_of_threads(kind: str, n_classes: int) -> None:
    rng = np.random.default_rng(0)
    n_rows = 60_001 if n_classes == 2 else 6001
    X = KINDS[kind](rng.standard_normal((n_rows, 30)))
    model = LinearModel(X, rng.integers(0, n_classes, n_rows), n_classes)
    found = []
    for n in (1, 2, 5):
        with threads(n):
            objective = model.objective()
            value, gradient = evaluate(objective, parameters_of(objective, 0.1))
            Hv = product(objective, parameters_of(objective, 1.0, seed=1))
            small = objective.layout.n_parameters < 400
            H = hessian(objective) if small else np.zeros(1)
            M = make_preconditioner(objective, np.random.default_rng(0))(gradient)
            found.append(np.concatenate([[value], gradient, Hv, H.ravel(), M]))
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[0], found[2])


@given(models(), st.integers(0, 99))
def test_coordinates_there_and_back(model: LinearModel, seed: int) -> None:
    objective = model.objective()
    x = parameters_of(objective, 1.0, seed)
    back = objective.layout.from_user(*objective.layout.to_user(x))
    assert back.dtype == objective.dtype
    size = 1 + np.abs(model.exact_X()).max() * 10
    assert_close(back, x, objective.dtype, size)
    W, b = objective.layout.unpack(x)
    np.testing.assert_array_equal(objective.layout.pack(W, b), x)
    if not sp.issparse(model.X):
        matrix = objective.layout.by_class(x)
        assert matrix.shape == (model.n_free, model.X.shape[1] + model.fit_intercept)
        np.testing.assert_array_equal(objective.layout.from_classes(matrix), x)


@given(models())
def test_the_norm_is_the_users_whatever_the_coordinates(model: LinearModel) -> None:
    objective = model.objective()
    x = parameters_of(objective, 0.3)
    gradient = evaluate(objective, x)[1]
    dW, db = as_user_has_it(objective, gradient)
    expected = max(np.abs(dW).max(), np.abs(db).max() if model.fit_intercept else 0.0)
    assert objective.gradient_norm(gradient) == pytest.approx(expected, rel=1e-12)


def test_passes_are_counted(rng: Any) -> None:
    objective = LinearModel(rng.standard_normal((9, 2)), np.arange(9) % 3, 3).objective()
    x = parameters_of(objective, 1.0)
    evaluate(objective, x)
    evaluate(objective, x)
    product(objective, x)
    assert objective.passes == 3


def test_rows_without_weight_change_nothing_but_the_blocks(rng: Any) -> None:
    X, labels = rng.standard_normal((50, 4)), rng.integers(0, 3, 50)
    weights = (rng.random(50) < 0.5).astype(float)
    model = LinearModel(X, labels, 3, weights=weights)
    counted = replace(model, X=X[weights > 0], targets=labels[weights > 0], weights=None)
    x = parameters_of(model.objective(), 0.5)
    (value, gradient), (other, other_gradient) = (
        evaluate(model.objective(), x),
        evaluate(counted.objective(), x),
    )
    assert value == pytest.approx(other, rel=1e-14)
    np.testing.assert_allclose(gradient, other_gradient, atol=1e-15)
