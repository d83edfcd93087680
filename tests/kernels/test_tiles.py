import numpy as np
import pytest

from pminusy.kernels.exp import LIFT
from pminusy.kernels.tiles import ROWS, clear_row, exponentials, largest, load, scratch_shape, store


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n_rows", [0, 1, ROWS - 1, ROWS])
def test_rows_are_loaded_on_their_side_filled_up_and_stored_again(rng, dtype, n_rows):
    M, tile = rng.standard_normal((ROWS + 5, 3)).astype(dtype), np.full((3, ROWS), 9, dtype)
    load(M, 2, n_rows, tile)
    np.testing.assert_array_equal(tile[:, :n_rows], M[2 : 2 + n_rows].T)
    assert not tile[:, n_rows:].any()
    out = np.zeros_like(M)
    store(tile, out, 2, n_rows)
    np.testing.assert_array_equal(out[2 : 2 + n_rows], M[2 : 2 + n_rows])
    assert not out[:2].any()
    assert not out[2 + n_rows :].any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_exponentials_are_relative_to_each_rows_largest(rng, dtype):
    tile = (10 * rng.standard_normal((4, ROWS))).astype(dtype)
    z, top, total = tile.astype(np.float64), np.empty(ROWS, dtype), np.empty(ROWS, dtype)
    largest(tile, top)
    np.testing.assert_array_equal(top, z.max(axis=0))
    exponentials(tile, top, total)
    e, lift = np.exp(z - z.max(axis=0)), 2.0 ** LIFT[np.dtype(dtype)]
    tolerance = 1e-5 if dtype == np.float32 else 1e-12
    np.testing.assert_allclose(tile / lift, e, tolerance, tolerance)
    np.testing.assert_allclose(total / lift, e.sum(axis=0), tolerance)


def test_the_largest_passes_over_nan_and_is_finite_where_all_classes_are_ruled_out():
    tile, top = np.full((2, ROWS), -np.inf), np.empty(ROWS)
    tile[0, 1], tile[1, 1] = np.nan, 5.0
    largest(tile, top)
    assert top[0] == np.finfo(np.float64).min
    assert top[1] == 5


def test_one_row_is_cleared():
    tile = np.ones((2, ROWS))
    clear_row(tile, 3)
    assert tile.sum() == 2 * (ROWS - 1)
    assert not tile[:, 3].any()


def test_scratch_has_room_for_two_tiles_and_six_vectors():
    assert scratch_shape(5) == (16, ROWS)
