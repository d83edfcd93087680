import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import DTYPES, logits

import pminusy
from pminusy.formulas import softmax as formulas

EPS = {np.dtype(dtype): np.finfo(dtype).eps for dtype in DTYPES}


@given(Z=logits(n_rows=st.integers(1, 70)), seed=st.integers(0, 99))
def test_agrees_with_the_formulas(Z, seed):
    V = np.random.default_rng(seed).standard_normal(Z.shape).astype(Z.dtype)
    exact = Z.astype(np.float64)
    # Rounding z − top costs half an ulp of it, and rounding log p half an ulp of that.
    spread = 1 + np.log(Z.shape[1]) + np.ptp(exact, axis=1, keepdims=True)
    tolerance = 8 * EPS[Z.dtype] * spread
    P, log_P = pminusy.softmax(Z), pminusy.log_softmax(Z)
    assert P.dtype == log_P.dtype == Z.dtype
    assert np.all(np.abs(P - formulas.softmax(exact)) <= tolerance * formulas.softmax(exact) + 1e-44)
    assert np.all(np.abs(log_P - formulas.log_softmax(exact)) <= tolerance)
    reach = tolerance * (1 + np.abs(V).max(axis=1, keepdims=True))
    assert np.all(np.abs(pminusy.softmax_jvp(Z, V) - formulas.softmax_jvp(exact, V.astype(float))) <= reach)
    np.testing.assert_array_equal(pminusy.softmax_vjp(Z, V), pminusy.softmax_jvp(Z, V))


@given(Z=logits(n_rows=st.integers(1, 70)))
def test_probabilities_sum_to_one(Z):
    sums = pminusy.softmax(Z).sum(axis=1, dtype=np.float64)
    np.testing.assert_allclose(sums, 1, atol=8 * EPS[Z.dtype])


@given(Z=logits(dtype=np.float64, n_rows=st.integers(1, 3), n_classes=st.sampled_from([1, 2, 5, 100])))
def test_jacobian_is_all_of_the_products(Z):
    J = pminusy.softmax_jacobian(Z)
    np.testing.assert_allclose(J, formulas.softmax_jacobian(Z), atol=1e-15)
    np.testing.assert_array_equal(J, J.transpose(0, 2, 1))
    columns = [pminusy.softmax_jvp(Z, np.broadcast_to(e, Z.shape)) for e in np.eye(Z.shape[1])]
    np.testing.assert_allclose(J, np.stack(columns, axis=2), atol=1e-15)


@pytest.mark.parametrize("function", [pminusy.softmax, pminusy.log_softmax])
@pytest.mark.parametrize("n_classes", [4, 300, 3000])
@pytest.mark.parametrize("dtype", DTYPES)
def test_hostile_rows(rng, function, n_classes, dtype):
    Z = rng.standard_normal((70, n_classes)).astype(dtype)
    clean = function(Z)
    Z[1, 2], Z[3, 2], Z[5], Z[7, 1:] = np.nan, np.inf, -np.inf, -np.inf
    result = function(Z)
    assert np.isnan(result[[1, 3, 5]]).all()
    others = np.setdiff1d(np.arange(70), [1, 3, 5, 7])
    np.testing.assert_array_equal(result[others], clean[others])
    certain, impossible = function(np.array([[0.0, -np.inf]]))[0]
    assert result[7, 0] == certain
    assert (result[7, 1:] == impossible).all()


@pytest.mark.parametrize("shape", [(5,), (3, 5), (2, 3, 5), (0, 5), (2, 0, 5)])
def test_any_leading_shape(rng, shape):
    Z, V = rng.standard_normal((2, *shape))
    assert pminusy.softmax(Z).shape == shape
    assert pminusy.log_softmax(Z).shape == shape
    assert pminusy.softmax_jvp(Z, V).shape == shape
    assert pminusy.softmax_jacobian(Z).shape == (*shape, 5)
    rows = Z.reshape(-1, 5)
    np.testing.assert_array_equal(pminusy.softmax(Z).reshape(-1, 5), pminusy.softmax(rows))


@pytest.mark.parametrize("n_classes", [5, 500, 5000])
@pytest.mark.parametrize("function", [pminusy.softmax, pminusy.log_softmax])
def test_in_place(rng, function, n_classes):
    Z = rng.standard_normal((10, n_classes))
    expected = function(Z)
    assert function(Z, out=Z) is not None
    np.testing.assert_array_equal(Z, expected)


@pytest.mark.parametrize("function", [pminusy.softmax, pminusy.log_softmax])
def test_partly_in_place_is_refused(rng, function):
    memory = rng.standard_normal((6, 200))
    with pytest.raises(pminusy.InputError, match="overlaps Z"):
        function(memory[:-1], out=memory[1:])


def test_log_softmax_is_exact_where_softmax_underflows():
    assert pminusy.softmax([0.0, -1e4])[1] == 0
    assert pminusy.log_softmax([0.0, -1e4])[1] == -1e4


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pminusy.softmax(1.0), r"Z: .*\(\)"),
        (lambda: pminusy.softmax(np.zeros((2, 0))), "K ≥ 1"),
        (lambda: pminusy.softmax(["a"]), "Z: expected real numbers"),
        (lambda: pminusy.softmax_jvp(np.zeros((2, 3)), np.zeros((3, 2))), r"V: .*\(2, 3\), got \(3, 2\)"),
        (lambda: pminusy.softmax_vjp(np.zeros((2, 3)), np.zeros((3, 2))), r"dP: .*\(2, 3\), got \(3, 2\)"),
        (
            lambda: pminusy.softmax(np.zeros((2, 3)), out=np.zeros((3, 2))),
            r"out: .*\(2, 3\), got float64 \(3, 2\)",
        ),
        (lambda: pminusy.softmax(np.zeros((2, 3)), out=[0]), r"out: .*got list"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(pminusy.InputError, match=message):
        call()


@pytest.mark.parametrize("function", [pminusy.softmax_jvp, pminusy.softmax_vjp])
def test_products_refuse_to_write_over_their_input(rng, function):
    Z, V = rng.standard_normal((2, 3, 4))
    for out in (Z, V):
        with pytest.raises(pminusy.InputError, match=r"out: .*overlaps"):
            function(Z, V, out=out)


@pytest.mark.parametrize("gap", [0, 60, 75, 80, 86])
@pytest.mark.parametrize("rising", [True, False])
def test_classes_far_below_a_later_chunk_keep_their_digits(rng, gap, rising):
    Z = rng.uniform(-1, 1, (2, 4096)).astype(np.float32)
    Z[:, 2048:] += np.float32(gap)
    Z = Z if rising else np.ascontiguousarray(Z[:, ::-1])
    exact = formulas.softmax(Z.astype(np.float64))
    normal = exact > 4 * np.finfo(np.float32).tiny
    np.testing.assert_allclose(pminusy.softmax(Z)[normal], exact[normal], rtol=2e-5)
    loss = pminusy.CrossEntropy(reduction="sum")
    label = np.array([0, 0]) if not rising else np.array([4095, 4095])
    gradient, others = loss.gradient(Z, label), normal.copy()
    others[:, label[0]] = False
    np.testing.assert_allclose(gradient[others], exact[others], rtol=2e-5)
