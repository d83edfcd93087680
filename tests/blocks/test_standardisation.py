from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.linear.test_objective import KINDS

from pminusy.blocks.standardisation import Standardisation


@given(
    st.tuples(st.integers(1, 50), st.integers(1, 6)),
    st.sampled_from(["float64", "float32", "fortran", "int8", "uint8", "int64", "bool"]),
    st.integers(0, 99),
)
def test_columns_standardise(shape: tuple[int, int], kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    X = KINDS[kind](rng.standard_normal(shape) * rng.uniform(0.5, 20, shape[1]) + 5)
    moved = Standardisation.of(X, centred=True, counted=np.ones(len(X), bool))
    centre, scale = moved.centre, moved.scale
    np.testing.assert_allclose(centre, X.astype(float).mean(axis=0), rtol=1e-12, atol=1e-12)
    standard = (X - centre) / scale
    squares = np.square(standard).mean(axis=0)
    varies = X.max(axis=0) != X.min(axis=0)
    np.testing.assert_allclose(squares[varies], 1, rtol=1e-9)
    np.testing.assert_array_equal(scale[~varies], 1)
    moved = Standardisation.of(X, centred=False, counted=np.ones(len(X), bool))
    zero, scale = moved.centre, moved.scale
    assert not zero.any()
    squares = np.square(X.astype(float)).mean(axis=0)
    np.testing.assert_allclose(scale, np.where(squares == 0, 1, np.sqrt(squares)), rtol=1e-12)


def test_columns_of_many_rows_far_from_zero(rng: Any) -> None:
    X = np.array([1e6, -1e8]) + rng.standard_normal((20_000, 2))
    moved = Standardisation.of(X, centred=True, counted=np.ones(len(X), bool))
    centre, scale = moved.centre, moved.scale
    np.testing.assert_allclose(centre, X.mean(axis=0), rtol=1e-14)
    np.testing.assert_allclose(scale, X.std(axis=0), rtol=1e-7)


@given(st.integers(1, 40), st.integers(0, 99), st.sampled_from([True, False]))
def test_rows_that_do_not_count_are_as_if_not_there(n_rows: int, seed: int, centred: bool) -> None:
    rng = np.random.default_rng(seed)
    X, counted = rng.standard_normal((n_rows, 3)), rng.random(n_rows) < 0.7
    counted[rng.integers(n_rows)] = True
    X[~counted] = 1e12
    moved = Standardisation.of(X, centred=centred, counted=counted)
    alone = Standardisation.of(X[counted], centred=centred, counted=np.ones(counted.sum(), bool))
    np.testing.assert_allclose(moved.centre, alone.centre, rtol=1e-12)
    np.testing.assert_allclose(moved.scale, alone.scale, rtol=1e-12)
