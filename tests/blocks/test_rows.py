from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from tests.linear.models import LinearModel
from tests.linear.test_objective import KINDS, models

from pminusy.blocks.dense import DenseRows


@given(models())
def test_blocks_are_the_rows_in_order(model: LinearModel) -> None:
    stored = model.objective().rows
    X, dense = model.exact_X(), []
    if stored.standardisation is not None:
        X = (X - stored.standardisation.centre) / stored.standardisation.scale
    expected = 0
    for block, start, stop in stored.blocks(0, len(X), stored.scratch()):
        assert start == expected
        expected = stop
        if sp.issparse(model.X):
            rows = sp.csr_matrix((block.data, block.indices, block.indptr), shape=(stop - start, X.shape[1]))
            dense.append(rows.toarray())
        else:
            assert block.X.dtype == stored.dtype
            dense.append(block.X.copy())
    assert expected == len(X)
    np.testing.assert_allclose(np.concatenate(dense), X.astype(stored.dtype), rtol=1e-12, atol=1e-12)
    chosen = np.arange(len(X))[::-2]
    np.testing.assert_allclose(stored.take(chosen), X[chosen].astype(stored.dtype), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kind", ["float64", "float32"])
def test_rows_that_fit_are_not_copied(rng: Any, kind: str) -> None:
    X = KINDS[kind](rng.standard_normal((300, 7)))
    stored = DenseRows(X, X.dtype)
    assert stored.scratch().size == 0
    assert all(np.shares_memory(block.X, X) for block, _, _ in stored.blocks(64, 200, stored.scratch()))


def test_others_are_converted_a_few_at_a_time(rng: Any) -> None:
    X = rng.integers(0, 255, (60_000, 30)).astype(np.uint8)
    stored = DenseRows(X, np.dtype(np.float64))
    scratch = stored.scratch()
    assert scratch.nbytes < X.size
    blocks = list(stored.blocks(0, len(X), scratch))
    assert len(blocks) > 5
    assert all(start % 64 == 0 for _, start, _ in blocks)
