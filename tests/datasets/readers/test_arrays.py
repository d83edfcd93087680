import numpy as np
import pytest
import scipy.sparse as sp

from pminusy.datasets.readers.arrays import as_rows, check_finite
from pminusy.errors import DataError, ShapeError


def test_rows_are_viewed_and_images_laid_out_as_rows():
    X = np.arange(12.0).reshape(3, 4)
    assert np.shares_memory(as_rows(X, "X"), X)
    images = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    np.testing.assert_array_equal(as_rows(images, "X"), images.reshape(2, 12))
    assert as_rows(np.empty((0, 3, 4)), "X").shape == (0, 0)


def test_half_precision_is_widened_and_other_dtypes_stay():
    assert as_rows(np.ones((2, 2), np.float16), "X").dtype == np.float32
    for dtype in (np.uint8, np.int64, np.bool_, np.float32, np.float64):
        assert as_rows(np.ones((2, 2), dtype), "X").dtype == dtype


@pytest.mark.parametrize("shape", [(), (3,), (2, 2, 2, 2, 2)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ShapeError, match=r"X_test: expected rows \(N, D\) or images"):
        as_rows(np.zeros(shape), "X_test")


@pytest.mark.parametrize("X", [np.array([["a"]]), np.array([[1 + 2j]]), np.array([[None]])])
def test_what_is_no_number_is_refused(X):
    with pytest.raises(DataError, match="X: expected numbers, got dtype"):
        as_rows(X, "X")


@pytest.mark.parametrize("form", [np.asarray, sp.csr_matrix])
def test_the_first_number_that_is_not_finite_is_named_by_its_place(form):
    X = np.array([[1.0, 0, 2], [0, 0, 0], [3, 0, np.inf], [np.nan, 0, 0]])
    check_finite(form(X[:2]), "X")
    with pytest.raises(DataError, match="X: expected finite numbers, got inf at X\\[2, 2\\]"):
        check_finite(form(X), "X")


def test_images_are_checked_as_the_rows_they_become():
    images = np.zeros((2, 2, 2))
    images[1, 1, 0] = np.nan
    with pytest.raises(DataError, match="got nan at X\\[1, 2\\]"):
        as_rows(images, "X")
