import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pminusy.kernels.parallel import threads
from pminusy.kernels.updates import CHUNK
from pminusy.solvers.vectors import combine, dot, dots, largest, multiply

SIZES = st.sampled_from([1, 2, 15, 16, 17, 100, CHUNK, CHUNK + 1, 3 * CHUNK - 5])
DTYPES = st.sampled_from([np.float32, np.float64])


def vectors(n, size, dtype, seed):
    return np.random.default_rng(seed).standard_normal((n, size)).astype(dtype)


@given(n=st.sampled_from([0, 1, 3, 20]), size=SIZES, dtype=DTYPES, seed=st.integers(0, 99))
def test_sums_of_products(n, size, dtype, seed):
    V = vectors(n + 1, size, dtype, seed)
    exact = V.astype(float)
    sizes = np.abs(exact[:n]) @ np.abs(exact[n])
    found = dots(V[:n], V[n])
    assert found.dtype == np.float64
    assert np.all(np.abs(found - exact[:n] @ exact[n]) <= min(size, CHUNK) * np.finfo(dtype).eps * sizes)
    if n:
        np.testing.assert_allclose(dot(V[0], V[n]), found[0], rtol=0, atol=1e-3 * sizes[0])


@given(
    n=st.sampled_from([0, 1, 2, 5, 20]),
    size=SIZES,
    in_place=st.booleans(),
    dtype=DTYPES,
    seed=st.integers(0, 99),
)
def test_combinations(n, size, in_place, dtype, seed):
    V = vectors(n + 1, size, dtype, seed)
    x, factors, before = V[n], np.linspace(-2, 3, n), V.astype(float)
    out = x if in_place else np.full_like(x, np.nan)
    assert combine(out, 0.7, x, factors, V[:n]) is out
    sizes = np.abs(0.7 * before[n]) + np.abs(factors) @ np.abs(before[:n])
    expected = 0.7 * before[n] + factors @ before[:n]
    assert np.all(np.abs(out - expected) <= (n + 3) * np.finfo(dtype).eps * sizes)
    np.testing.assert_array_equal(V[:n], before[:n])


@given(size=SIZES, dtype=DTYPES, seed=st.integers(0, 99))
def test_products_entry_by_entry(size, dtype, seed):
    a, b = vectors(2, size, dtype, seed)
    expected = a * b
    np.testing.assert_array_equal(multiply(a, b), expected)
    assert multiply(a, b, a) is a
    np.testing.assert_array_equal(a, expected)


def test_the_same_bits_for_any_number_of_threads():
    V = vectors(4, 40 * CHUNK + 3, np.float32, 0)
    found = []
    for n in (1, 2, 5):
        with threads(n):
            out = combine(np.empty_like(V[3]), -1.0, V[3], [0.1, 0.2, 0.3], V[:3])
            found.append(np.concatenate([dots(V[:3], V[3]), out, multiply(V[0], V[1])]))
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[0], found[2])


def test_the_largest_absolute_value():
    assert largest(np.array([1.0, -3.0, 2.0])) == 3
    assert largest(np.empty(0)) == 0
    assert np.isnan(largest(np.array([1.0, np.nan])))
