import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import BaseEstimator

from pminusy.classifier.features import check_finite, compute_dtype, read_samples
from pminusy.errors import InputError


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        ("float16", "float32"),
        ("float32", "float32"),
        ("float64", "float64"),
        ("uint8", "float64"),
        ("int64", "float64"),
    ],
)
def test_single_precision_stays_and_all_else_is_computed_in_double(dtype, expected):
    assert compute_dtype(np.zeros(1, dtype)) == np.dtype(expected)


@pytest.mark.parametrize("kind", [np.asarray, sp.csr_matrix])
@pytest.mark.parametrize(("number", "shown"), [(np.nan, "NaN"), (-np.inf, "-inf")])
def test_the_first_number_that_is_not_finite_is_named_with_its_place(kind, number, shown):
    X = np.ones((300_000, 3))
    X[299_000, 1] = X[299_500, 0] = number
    with pytest.raises(InputError, match=f"Z: expected finite numbers, got {shown} at row 299000, column 1"):
        check_finite(kind(X), "Z")


def test_places_in_images_have_several_numbers():
    X = np.zeros((2, 3, 4))
    X[1, 2, 3] = np.inf
    with pytest.raises(InputError, match=r"got inf at row 1, index \[2, 3\]"):
        check_finite(X)


def test_whole_numbers_are_finite():
    check_finite(np.zeros((2, 2), np.int64))


def test_other_sparse_formats_become_csr_and_columns_are_learned():
    estimator = BaseEstimator()
    assert read_samples(estimator, sp.coo_matrix(np.eye(3)), reset=True).format == "csr"
    assert estimator.n_features_in_ == 3
    with pytest.raises(ValueError, match="2 features"):
        read_samples(estimator, np.zeros((1, 2)), reset=False)
