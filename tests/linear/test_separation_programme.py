from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from tests.linear.test_separation import origin, unpenalised

from pminusy import SoftmaxRegression
from pminusy.linear.separation import separates
from pminusy.linear.separation_programme import find_direction


@pytest.mark.parametrize("n_classes", [2, 3, 4])
@pytest.mark.parametrize("kind", [np.asarray, sp.csr_matrix])
@pytest.mark.parametrize("one_hot", [False, True])
def test_it_finds_what_separates_only_some(n_classes: int, kind: Any, one_hot: bool) -> None:
    """Rows 0 and 1 are the same but for their labels, so that a direction must leave them alone."""
    rng = np.random.default_rng(n_classes)
    labels = np.arange(30) % n_classes
    X = rng.standard_normal((30, 60)) * 10.0 ** rng.uniform(-3, 3, 60)
    X[1] = X[0]
    at = origin(unpenalised(kind(X), np.eye(n_classes)[labels] if one_hot else labels, n_classes))
    found = find_direction(at)
    assert found is not None
    V, c = found
    assert np.vdot(V, V) + np.vdot(c, c) == pytest.approx(1)
    assert separates(at, V, c)


def test_classes_with_mass_in_one_row_rise_alike() -> None:
    """Both rows have classes 0 and 1; the third is left behind, in proportion to nothing but its intercept."""
    X, Y = np.array([[1.0], [-1.0]]), np.array([[0.5, 0.5, 0.0], [0.2, 0.8, 0.0]])
    found = find_direction(origin(unpenalised(X, Y, 3)))
    assert found is not None
    Z = X @ found[0].T + found[1]
    np.testing.assert_allclose(Z[:, 0], Z[:, 1], atol=1e-12)
    assert (Z[:, 0] - Z[:, 2]).max() > 0


@pytest.mark.parametrize("X", [[-1e6, 1e6, 1.0, -1.0], [-1e9, 1e9, 1e-3, -1e-3]])
def test_small_rows_that_overlap_are_not_overlooked_beside_large_ones(X: list[float]) -> None:
    rows, labels = np.array(X)[:, None], np.array([0, 1, 0, 1])
    at = origin(unpenalised(rows, labels, 2))
    assert not separates(at, np.ones((1, 1)), np.zeros(1))
    assert find_direction(at) is None
    assert not SoftmaxRegression(C=np.inf, max_iter=500).fit(rows, labels).result_.separable


@pytest.mark.parametrize("seed", range(5))
def test_heavy_tails_do_not_separate(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.lognormal(0, 6, 300)
    labels = (rng.random(300) < 1 / (1 + np.exp(-np.minimum(x, 30) + 0.5))).astype(int)
    assert not SoftmaxRegression(C=np.inf, max_iter=500).fit(x[:, None], labels).result_.separable


@pytest.mark.parametrize("n_classes", [2, 3])
def test_it_finds_none_where_classes_overlap(n_classes: int) -> None:
    rng = np.random.default_rng(0)
    X, labels = rng.standard_normal((80, 2)), np.arange(80) % n_classes
    assert find_direction(origin(unpenalised(X, labels, n_classes))) is None


def test_it_is_not_asked_where_there_are_too_many_rows() -> None:
    X, labels = np.linspace(-1, 1, 20)[:, None], np.repeat([0, 1], 10)
    assert find_direction(origin(unpenalised(X, labels, 2))) is not None
    many = np.linspace(-1, 1, 40_000)[:, None]
    assert find_direction(origin(unpenalised(many, np.repeat([0, 1], 20_000), 2))) is None


@pytest.mark.parametrize("n_classes", [2, 3, 5])
@pytest.mark.parametrize("value", [1.0, -3.0, 1e4])
def test_a_column_of_a_few_rows_separates_them_and_no_rounding_moves_the_others(
    n_classes: int, value: float
) -> None:
    rng = np.random.default_rng(n_classes)
    X, labels = rng.standard_normal((200, 4)).astype(np.float32), np.arange(200) % n_classes
    X[:, 3] = 0.0
    X[labels == 1, 3] = value * (rng.random(np.count_nonzero(labels == 1)) < 0.2)
    at = origin(unpenalised(X, labels, n_classes))
    found = find_direction(at)
    assert found is not None
    assert separates(at, *found)
