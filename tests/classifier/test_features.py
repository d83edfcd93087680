import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from sklearn.base import BaseEstimator
from tests.sparse_spellings import sparse_matrices, spelled

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


@given(sparse_matrices(9, 5))
def test_sparse_samples_are_canonical_whatever_form_they_come_in(matrices):
    canonical, other = matrices
    X = read_samples(BaseEstimator(), other, reset=True)
    assert X.has_canonical_format
    assert X.dtype == canonical.dtype
    np.testing.assert_array_equal(X.toarray(), canonical.toarray())


def test_the_callers_sparse_matrix_is_left_as_it_is_and_not_copied_where_it_is_canonical():
    canonical = sp.random_array((20, 6), density=0.3, format="csr", rng=np.random.default_rng(0))
    other = spelled(canonical, "csr_array", np.int32, seed=1)
    n_entries = other.nnz
    assert read_samples(BaseEstimator(), other, reset=True).nnz < n_entries == other.nnz
    assert np.shares_memory(read_samples(BaseEstimator(), canonical, reset=True).data, canonical.data)


def test_entries_that_overflow_only_together_are_refused():
    X = sp.csr_array((np.full(2, 1e308), [1, 1], [0, 2]), shape=(1, 3))
    with pytest.raises(InputError, match="got inf at row 0, column 1"):
        read_samples(BaseEstimator(), X, reset=True)
