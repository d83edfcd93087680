import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.linear.pivots import invert_by_pivots


@given(st.integers(0, 999), st.integers(1, 7), st.integers(0, 3))
def test_the_inverse_solves_and_what_is_flat_is_flat(seed: int, rank: int, n_flat: int) -> None:
    rng = np.random.default_rng(seed)
    size = rank + n_flat
    root = rng.standard_normal((size, rank)) @ np.diag(rng.uniform(0.5, 2, rank))
    matrix = root @ root.T / size
    inverse, flat = invert_by_pivots(matrix)
    assert flat.shape == (size, n_flat)
    np.testing.assert_allclose(matrix @ flat, 0, atol=1e-8)
    assert np.linalg.matrix_rank(flat) == n_flat
    right = matrix @ rng.standard_normal(size)
    np.testing.assert_allclose(matrix @ (inverse @ right), right, rtol=1e-6, atol=1e-8)
    np.testing.assert_array_equal(inverse, inverse.T)


@pytest.mark.parametrize("size", [0, 3])
def test_nothing_but_flat_directions(size: int) -> None:
    inverse, flat = invert_by_pivots(np.zeros((size, size)))
    assert not inverse.any()
    assert np.linalg.matrix_rank(flat) == size if size else flat.shape == (0, 0)
