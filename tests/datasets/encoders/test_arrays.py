import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.preprocessing import MaxAbsScaler, StandardScaler

from pminusy.datasets.encoders.arrays import AsTheyAre, ForNetwork, Pixels, SparsePeaks, Standardised

X = np.random.default_rng(0).normal(3, 2, (20, 4))
SPARSE = csr_matrix(np.where(X > 4, X, 0))


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int16])
def test_dense_columns_are_standardised(dtype):
    given = X.astype(dtype)
    encoder = Standardised()
    found = encoder.fit_transform(given)
    expected = StandardScaler().fit_transform(given.astype(np.float64))
    np.testing.assert_allclose(found, expected, atol=1e-6 if found.dtype == np.float32 else 1e-13)
    assert found.dtype == (np.float64 if dtype == np.float64 else np.float32)
    np.testing.assert_array_equal(encoder.transform(given[3:5]), found[3:5])
    np.testing.assert_array_equal(given, X.astype(dtype))


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
def test_sparse_columns_are_divided_by_their_peaks(dtype):
    given = SPARSE.astype(dtype)
    before = given.copy()
    found = SparsePeaks().fit_transform(given)
    expected = MaxAbsScaler().fit_transform(given)
    np.testing.assert_allclose(found.toarray(), expected.toarray(), rtol=1e-6)
    assert found.dtype == expected.dtype
    assert (given != before).nnz == 0


def test_a_network_gets_singles_and_the_shape_asked_for():
    assert ForNetwork(AsTheyAre()).fit_transform(X).dtype == np.float32
    assert ForNetwork(AsTheyAre(), (2, 2)).fit_transform(X).shape == (20, 2, 2)
    assert ForNetwork(AsTheyAre()).fit(X).names(["a", "b", "c", "d"]) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "encoder", [AsTheyAre(), Pixels(peak=2.0), Standardised(), ForNetwork(Standardised())]
)
def test_features_have_the_columns_names(encoder):
    encoder.fit(X)
    assert encoder.get_feature_names_out().tolist() == ["x0", "x1", "x2", "x3"]
    assert encoder.names(list("abcd")) == list("abcd")
    encoder.check()


@pytest.mark.parametrize(
    ("encoder", "match"),
    [
        (AsTheyAre(), "n_columns: expected an integer ≥ 0, got None"),
        (AsTheyAre(-1), "n_columns: expected an integer ≥ 0"),
        (Pixels(2, peak=0.0), "peak: expected a number > 0"),
        (Pixels(2, peak=float("nan")), "peak: expected finite numbers"),
        (Standardised(2, np.zeros(2), np.ones(3)), "scale: expected 2 numbers"),
        (SparsePeaks(2, np.ones((2, 1))), "peaks: expected 2 numbers"),
        (ForNetwork(3), "encoder: expected an encoder, got 3"),
        (ForNetwork(AsTheyAre(4), (2, -2)), "shape: expected integers > 0"),
        (ForNetwork(AsTheyAre()), "n_columns"),
    ],
)
def test_fields_that_no_fit_gives_are_refused(encoder, match):
    with pytest.raises(ValueError, match=match):
        encoder.check()
