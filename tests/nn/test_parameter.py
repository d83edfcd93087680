import numpy as np
import pytest

from pminusy.nn.parameter import Parameter, as_matrix


@pytest.fixture
def W():
    return Parameter("W", np.ones((2, 3, 4), np.float32), part=10)


def test_the_gradient_is_like_the_value_and_begins_at_0(W):
    assert (W.gradient.shape, W.gradient.dtype) == ((2, 3, 4), np.float32)
    assert not W.gradient.any()
    assert W.decays


def test_parts_cover_the_memory(W):
    assert W.part_starts.tolist() == [0, 10, 20, 24]
    assert W.n_parts == 3


def test_an_addition_starts_from_zeros_and_the_next_from_what_is_there(W):
    first = W.start_adding()
    assert first.shape == (1, 4)
    W.gradient[...] = 7
    second = W.start_adding()
    assert np.shares_memory(second, W.gradient)
    assert (second == 7).all()
    W.clear_gradient()
    assert not W.start_adding().any()
    assert (W.gradient == 7).all()  # what comes next overwrites it


def test_a_vector_is_one_row_in_the_same_memory():
    vector = np.arange(3.0)
    assert as_matrix(vector).shape == (1, 3)
    assert as_matrix(np.zeros((2, 3, 4))).shape == (6, 4)
    assert np.shares_memory(as_matrix(vector), vector)
