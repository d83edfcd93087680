import numpy as np
import pytest

from pminusy.datasets.encoders.encoder import check_vectors, numbered


def test_columns_without_names_are_numbered():
    assert numbered(None, 2) == ["x0", "x1"]
    assert numbered(("a", "b"), None) == ["a", "b"]


@pytest.mark.parametrize("vector", [None, [1.0, 2.0], np.ones(3), np.ones((2, 1)), np.array(["a", "b"])])
def test_what_is_no_vector_of_the_length_is_refused(vector):
    with pytest.raises(ValueError, match="mean: expected 2 numbers, got"):
        check_vectors(2, mean=vector)


def test_numbers_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="scale: expected finite numbers"):
        check_vectors(2, mean=np.ones(2), scale=np.array([1, np.nan]))
    check_vectors(0, mean=np.empty(0))
