from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from tests.linear.models import pose

from pminusy.linear.evaluation import Evaluation
from pminusy.linear.problem import LinearProblem
from pminusy.linear.row_space import RowSpace, is_wide


def in_three_classes(X: Any, **options: Any) -> LinearProblem:
    return pose(X, np.arange(X.shape[0]) % 3, 3, **options)


def wide(rng: Any, mean: float = 0.0) -> Any:
    return rng.standard_normal((12, 50)) + mean * (rng.random(50) < 0.5)


@pytest.mark.parametrize("fit_intercept", [True, False])
def test_values_are_the_same_within_and_without(rng: Any, fit_intercept: bool) -> None:
    problem = in_three_classes(wide(rng, 3.0), fit_intercept=fit_intercept)
    space = RowSpace(problem)
    inner = rng.standard_normal((3, space.within.X.shape[1]))
    W, b = space.outward(inner, np.zeros(3))
    within = Evaluation(space.within, inner, np.zeros(3))
    assert Evaluation(problem, W, b).value == pytest.approx(within.value, rel=1e-12)
    back = space.inward(W, b)
    np.testing.assert_allclose(back[0], inner, atol=1e-12)
    np.testing.assert_allclose(back[1], 0, atol=1e-12)


def test_what_is_left_is_the_rank_of_the_centred_rows(rng: Any) -> None:
    X = wide(rng, 1e6)
    X[1] = X[0]
    X[5] = (X[2] + X[3]) / 2
    assert RowSpace(in_three_classes(X)).within.X.shape == (12, 9)  # 12 rows, less their mean, and two more
    assert RowSpace(in_three_classes(np.ones((12, 50)))).within.X.shape == (12, 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_copies_of_rows_add_no_direction_however_many_numbers_are_rounded(rng: Any, dtype: Any) -> None:
    X = rng.standard_normal((300, 1500)).astype(dtype)
    X[1:200:2] = X[0:200:2]
    assert RowSpace(in_three_classes(X, dtype=dtype)).within.X.shape == (300, 199)


def test_rows_that_do_not_count_turn_nothing(rng: Any) -> None:
    X, weights = wide(rng), np.ones(12)
    weights[4] = 0
    before = RowSpace(in_three_classes(X, weights=weights)).within.X
    X[4] = 1e12
    after = RowSpace(in_three_classes(X, weights=weights)).within.X
    np.testing.assert_array_equal(before, after)


def test_only_dense_rows_with_many_features_are_worth_it(rng: Any) -> None:
    assert is_wide(in_three_classes(wide(rng)))
    assert not is_wide(in_three_classes(sp.csr_matrix(wide(rng))))
    assert not is_wide(in_three_classes(rng.standard_normal((30, 60))))


def test_single_precision_stays(rng: Any) -> None:
    space = RowSpace(in_three_classes(wide(rng).astype(np.float32), dtype=np.float32))
    assert space.within.X.dtype == np.float32
    assert (
        space.outward(*space.inward(np.ones((3, 50), np.float32), np.zeros(3, np.float32)))[0].dtype
        == np.float32
    )
