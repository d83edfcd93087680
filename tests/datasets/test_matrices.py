import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random_array

from pminusy.datasets import load
from pminusy.datasets.matrices import match_width, matrix_dataset
from pminusy.datasets.readers.arrays import Arrays
from pminusy.errors import DataError, ShapeError


def build(**arrays):
    return matrix_dataset(Arrays(**({"target_name": "y"} | arrays)), name="a", source="a.npz")


def test_images_with_a_test_part():
    X = np.zeros((4, 6), np.uint8)
    dataset = build(
        X=X, y=np.array([0, 1, 1, 0]), image_shape=(2, 3), X_test=X[:2], y_test=np.array([[1], [1]])
    )
    assert dataset.kind == "image"
    assert dataset.X is X
    assert dataset.held_out[1].tolist() == [1, 1]
    assert dataset.feature_names[:4] == ("pixel 0,0", "pixel 0,1", "pixel 0,2", "pixel 1,0")
    assert dataset.notes == ("using the file's own 2 test rows",)


def test_many_test_rows_are_counted_with_separators():
    X, y = np.zeros((12_345, 1)), np.arange(12_345) % 2
    dataset = build(X=X, y=y, X_test=X, y_test=y)
    assert dataset.notes == ("using the file's own 12,345 test rows",)


def test_a_matrix():
    dataset = build(X=np.zeros((2, 3)), y=np.array(["a", "b"]))
    assert (dataset.kind, dataset.feature_names, dataset.held_out) == ("matrix", ("x0", "x1", "x2"), None)


@pytest.mark.parametrize(
    ("arrays", "error", "message"),
    [
        ({"y": None}, DataError, "a.npz: contains rows without labels"),
        (
            {"y": np.array([0, 1])},
            ShapeError,
            r"'y': expected a label for each row of X, got \(2,\) for \(3, 2\)",
        ),
        ({"y": np.ones(3)}, DataError, "expected two classes or more, got 1 in all 3 rows"),
        (
            {"X": np.empty((0, 2)), "y": np.empty(0)},
            DataError,
            r"expected rows and columns, got shape \(0, 2\)",
        ),
        ({"X": np.empty((3, 0))}, DataError, r"expected rows and columns, got shape \(3, 0\)"),
        ({"X_test": np.ones((1, 2))}, DataError, "the test set has no labels"),
        ({"X_test": np.ones((1, 5)), "y_test": np.ones(1)}, ShapeError, r"got \(1, 5\) and \(3, 2\)"),
        ({"X_test": np.ones((1, 2)), "y_test": np.ones(2)}, ShapeError, r"got \(2,\) for \(1, 2\)"),
    ],
)
def test_what_does_not_fit_is_refused(arrays, error, message):
    with pytest.raises(error, match=message):
        build(**({"X": np.ones((3, 2)), "y": np.array([0, 1, 0])} | arrays))


@settings(deadline=None)
@given(st.integers(1, 8), st.integers(1, 8))
def test_sparse_rows_are_padded_or_cut(width, n_columns):
    X = csr_matrix(random_array((5, width), density=0.5, rng=width))
    matched = match_width(X, n_columns).toarray()
    common = min(width, n_columns)
    np.testing.assert_array_equal(matched[:, :common], X.toarray()[:, :common])
    assert matched.shape == (5, n_columns)
    assert not matched[:, common:].any()


def test_dense_rows_must_have_the_width():
    X = np.ones((2, 3))
    assert match_width(X, 3) is X
    with pytest.raises(ShapeError, match=r"X: expected 4 columns as in the training data, got \(2, 3\)"):
        match_width(X, 4)


def test_odd_classes_of_arrays_are_noted(tmp_path):
    y = np.array(["a", "b", "a ", "b"] * 5)
    np.savez(tmp_path / "t.npz", X=np.random.default_rng(0).normal(size=(20, 2)), y=y)
    assert load(str(tmp_path / "t.npz")).notes == (
        "classes that differ only in case, spaces or Unicode form are kept apart: 'a' (5), 'a ' (5)",
    )
