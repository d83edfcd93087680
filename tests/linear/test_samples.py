from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from tests.linear.models import LinearModel
from tests.linear.test_objective import KINDS, models

from pminusy.linear.samples import DenseSamples, moments


@given(models())
def test_parts_are_the_rows_in_order(model: LinearModel) -> None:
    samples = model.objective().samples
    X, dense = model.exact_X(), []
    if samples.standardised:
        X = (X - samples.centre) / samples.scale
    expected = 0
    for part, start, stop in samples.parts(0, len(X), samples.scratch()):
        assert start == expected
        expected = stop
        if sp.issparse(model.X):
            rows = sp.csr_matrix((part.data, part.indices, part.indptr), shape=(stop - start, X.shape[1]))
            dense.append(rows.toarray())
        else:
            assert part.X.dtype == samples.dtype
            dense.append(part.X.copy())
    assert expected == len(X)
    np.testing.assert_allclose(np.concatenate(dense), X.astype(samples.dtype), rtol=1e-12, atol=1e-12)
    chosen = np.arange(len(X))[::-2]
    np.testing.assert_allclose(samples.take(chosen), X[chosen].astype(samples.dtype), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kind", ["float64", "float32"])
def test_rows_that_fit_are_not_copied(rng: Any, kind: str) -> None:
    X = KINDS[kind](rng.standard_normal((300, 7)))
    samples = DenseSamples(X, X.dtype)
    assert samples.scratch().size == 0
    assert all(np.shares_memory(part.X, X) for part, _, _ in samples.parts(64, 200, samples.scratch()))


def test_others_are_converted_a_few_at_a_time(rng: Any) -> None:
    X = rng.integers(0, 255, (60_000, 30)).astype(np.uint8)
    samples = DenseSamples(X, np.dtype(np.float64))
    scratch = samples.scratch()
    assert scratch.nbytes < X.size
    parts = list(samples.parts(0, len(X), scratch))
    assert len(parts) > 5
    assert all(start % 64 == 0 for _, start, _ in parts)


@given(
    st.tuples(st.integers(1, 50), st.integers(1, 6)),
    st.sampled_from(["float64", "float32", "fortran", "int8", "uint8", "int64", "bool"]),
    st.integers(0, 99),
)
def test_moments_standardise(shape: tuple[int, int], kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    X = KINDS[kind](rng.standard_normal(shape) * rng.uniform(0.5, 20, shape[1]) + 5)
    centre, scale = moments(X, centred=True)
    np.testing.assert_allclose(centre, X.astype(float).mean(axis=0), rtol=1e-12, atol=1e-12)
    standard = (X - centre) / scale
    squares = np.square(standard).mean(axis=0)
    varies = X.max(axis=0) != X.min(axis=0)
    np.testing.assert_allclose(squares[varies], 1, rtol=1e-9)
    np.testing.assert_array_equal(scale[~varies], 1)
    zero, scale = moments(X, centred=False)
    assert not zero.any()
    squares = np.square(X.astype(float)).mean(axis=0)
    np.testing.assert_allclose(scale, np.where(squares == 0, 1, np.sqrt(squares)), rtol=1e-12)


def test_moments_of_many_rows_far_from_zero(rng: Any) -> None:
    X = np.array([1e6, -1e8]) + rng.standard_normal((20_000, 2))
    centre, scale = moments(X, centred=True)
    np.testing.assert_allclose(centre, X.mean(axis=0), rtol=1e-14)
    np.testing.assert_allclose(scale, X.std(axis=0), rtol=1e-7)
