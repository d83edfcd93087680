from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from tests.linear.test_objective import KINDS

from pminusy.kernels.parallel import threads
from pminusy.linear.logits import class_logits, linear_logits


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n_rows", [1, 63, 64, 131, 1000])
@pytest.mark.parametrize("n_free", [1, 3, 130])
def test_logits_of_every_kind_of_rows(rng: Any, kind: str, n_rows: int, n_free: int) -> None:
    X = KINDS[kind](rng.standard_normal((n_rows, 17)))
    dtype = np.float32 if kind in ("float16", "float32", "fortran float32", "csr float32") else np.float64
    W, b = rng.standard_normal((n_free, 17)).astype(dtype), rng.standard_normal(n_free).astype(dtype)
    W.flags.writeable = b.flags.writeable = False
    found = linear_logits(X, W, b)
    exact = np.asarray(X.toarray() if sp.issparse(X) else X).astype(float)
    assert found.dtype == dtype
    assert found.shape == (n_rows, n_free)
    sizes = np.abs(exact) @ np.abs(W).T.astype(float) + np.abs(b)
    assert np.all(np.abs(found - (exact @ W.T + b)) <= 40 * np.finfo(dtype).eps * sizes)


@pytest.mark.parametrize("kind", ["float64", "uint8", "fortran float32", "csr float32"])
def test_a_rows_logits_depend_on_nothing_else(rng: Any, kind: str) -> None:
    X, W, b = KINDS[kind](rng.standard_normal((6001, 30))), rng.standard_normal((40, 30)), np.zeros(40)
    with threads(1):
        alone = linear_logits(X, W, b)
    with threads(3):
        np.testing.assert_array_equal(linear_logits(X, W, b), alone)
    some = np.array([5, 77, 6000])
    np.testing.assert_array_equal(linear_logits(X[some], W, b), alone[some])


@pytest.mark.parametrize(("n_classes", "n_rows"), [(1, 1), (2, 1), (3, 3)])
def test_of_two_classes_the_first_has_the_logit_0(rng: Any, n_classes: int, n_rows: int) -> None:
    X, W, b = rng.standard_normal((5, 4)), rng.standard_normal((n_rows, 4)), rng.standard_normal(n_rows)
    found = class_logits(X, W, b, n_classes)
    assert found.shape == (5, n_classes)
    np.testing.assert_array_equal(found[:, -n_rows:], linear_logits(X, W, b))
    assert n_classes != 2 or not found[:, 0].any()
