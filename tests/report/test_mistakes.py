from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from pminusy.report.mistakes import worst_mistakes
from pminusy.report.predictions import Predictions

_NAMES = ("a", "b")


def _part(X, p_true):
    """Rows of class "a", given these probabilities."""
    P = np.stack([p_true, 1 - np.asarray(p_true)], axis=1)
    return Predictions("test", X, np.zeros(len(P), dtype=np.int64), P, np.log(np.maximum(P[:, 0], 1e-300)))


@pytest.fixture
def matrix(many_classes):
    return replace(many_classes, X=np.arange(15.0).reshape(3, 5))


def test_the_least_probable_truth_comes_first_and_right_rows_stay_out(matrix):
    first, second = worst_mistakes(matrix, _part(matrix.X, [0.3, 0.9, 0.1]), _NAMES)
    assert (first.row, first.true, first.predicted) == (3, "a", "b")
    assert (first.probability_true, first.probability_predicted) == pytest.approx((0.1, 0.9))
    assert second.row == 1
    assert [(cell.column, cell.value) for cell in second.values] == list(zip("abcde", "01234", strict=True))


def test_only_the_worst_are_shown(matrix):
    X = np.zeros((50, 5))
    mistakes = worst_mistakes(matrix, _part(X, np.linspace(0.4, 0.1, 50)), _NAMES)
    assert [m.row for m in mistakes] == list(range(50, 38, -1))


def test_tables_show_their_cells_as_read(table):
    (mistake,) = worst_mistakes(table, _part(table.X[3:4], [0.2]), _NAMES)
    shown = {cell.column: cell.value for cell in mistake.values}
    assert shown["<script>alert(1)</script>"] == "missing"
    assert shown["words"] == "the good thing number 3"


def test_sparse_rows_show_their_largest_entries(matrix):
    X = csr_matrix(np.array([[0.0, 0.2, 0.0, -0.7, 0.1]]))
    (mistake,) = worst_mistakes(replace(matrix, X=X), _part(X, [0.0]), _NAMES)
    assert [(cell.column, cell.value) for cell in mistake.values] == [
        ("d", "-0.7"),
        ("b", "0.2"),
        ("e", "0.1"),
    ]


def test_images_show_themselves_on_one_scale(digits):
    dim, bright = np.full(64, 4, dtype=np.uint8), np.full(64, 16, dtype=np.uint8)
    X = np.stack([dim, bright])
    mistakes = worst_mistakes(digits, _part(X, [0.1, 0.2]), _NAMES)
    assert [m.image.levels[0] for m in mistakes] == [64, 255]
    assert all(m.values == () for m in mistakes)


def test_there_may_be_none(digits, matrix):
    assert worst_mistakes(matrix, _part(matrix.X, [0.9, 0.9, 0.9]), _NAMES) == ()
    assert worst_mistakes(digits, _part(digits.X[:2], [0.9, 0.9]), _NAMES) == ()
