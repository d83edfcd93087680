import numpy as np
import pytest
from tests.proofread.reading import model

from pminusy.proofread.checking.axes import (
    at_place,
    axis,
    components,
    has_axis,
    rows_from_axes,
    summed,
    summed_all,
    with_axes,
)
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.meaning.model.point import Point
from pminusy.proofread.meaning.model.undecidable import Undecidable


@pytest.fixture
def env():
    return Environment(model("a_i = b_i"), Point(1, 1, {}))


def test_a_new_axis_is_the_leftmost(env):
    (first, second), inner = with_axes([np.arange(1, 4), np.arange(1, 3)], env)
    assert (first.shape, second.shape) == ((3, 1, 1, 1), (2, 1, 1, 1, 1))
    assert inner.level == 2
    assert inner.cells == 6
    assert (first + 10 * second)[1, 2, 0, 0, 0] == 23


def test_a_sum_counts_what_does_not_vary_as_often_as_there_are_values():
    varying = axis(np.array([1.0, 2.0, 4.0]), 0)
    assert summed(varying, 0, 3).item() == 7
    assert summed(np.full((1, 1, 1), 5.0), 0, 3).item() == 15
    assert summed(np.full((1, 1, 1, 1), 5.0), 0, 3).item() == 15
    assert summed_all(varying * axis(np.array([1.0, 10.0]), 1), 0, [np.arange(3), np.arange(2)]).item() == 77


def test_one_place_along_an_axis():
    x = axis(np.array([1.0, 2.0]), 0)
    assert (has_axis(x, 0), has_axis(x, 1)) == (True, False)
    assert at_place(x, 0, 1).item() == 2
    assert at_place(np.ones((1, 1, 1)), 0, 1).item() == 1


def test_axes_become_rows_and_columns():
    i, j = axis(np.array([1.0, 2.0, 3.0]), 0), axis(np.array([10.0, 20.0]), 1)
    assert rows_from_axes(i + j, 0, [np.arange(3), np.arange(2)])[0].tolist() == [
        [11, 21],
        [12, 22],
        [13, 23],
    ]
    assert rows_from_axes(i, 0, [np.arange(3)])[0].tolist() == [[1], [2], [3]]
    with pytest.raises(Undecidable, match="more than two axes"):
        rows_from_axes(i * np.ones((1, 2, 2)), 0, [np.arange(3)])


def test_components_count_from_one():
    matrix = np.arange(1.0, 7.0).reshape(1, 2, 3)
    at = lambda n: np.full((1, 1, 1), n)  # noqa: E731
    assert components(matrix, (at(2), at(3))).item() == 6
    assert components(matrix, (at(2),))[0].tolist() == [[4], [5], [6]]
    assert components(matrix, (at(1), at(0)), start=0).item() == 4
    assert components(matrix, ()) is matrix
