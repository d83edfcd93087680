"""The logits of a fitted linear classifier, for any rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.partial_sums import over_parts
from pminusy.blocks.stores import store_of
from pminusy.classifier.features import compute_dtype
from pminusy.kernels.linear import BLOCK, SPARE_ROWS, logits_pass
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT

Array = NDArray[Any]


def linear_logits(X: Any, coefficients: Array, intercepts: Array) -> Array:
    """X Wᵀ + b, with W (F, D) and b (F,): (N, F), in float32 if both are computed in it.

    A row's logits are summed in one order, whatever rows are beside it and however many threads there are.
    """
    dtype = np.result_type(compute_dtype(X), coefficients.dtype)
    rows, n_rows = store_of(X, dtype), X.shape[0]
    W = np.ascontiguousarray(coefficients.T if rows.sparse else coefficients, dtype)
    b, code = intercepts.astype(dtype), logits_pass(dtype)
    Z = np.empty((n_rows + SPARE_ROWS, len(b)), dtype)

    def run(first: int, last: int) -> None:
        scratch = rows.scratch()
        for block, start, stop in rows.blocks(first * BLOCK, min(n_rows, last * BLOCK), scratch):
            code(block, W, b, Z[start:], stop - start)

    over_parts(rows, run, -(-n_rows // BLOCK), BLOCK * X.shape[1] * len(b) // PRODUCTS_PER_ELEMENT)
    return Z[:n_rows]


def class_logits(X: Any, coefficients: Array, intercepts: Array, n_classes: int) -> Array:
    """The logits of all classes (N, K); of two, the first one's is 0, and `coefficients` has the second one's alone."""
    Z = linear_logits(X, coefficients, intercepts)
    return np.hstack([np.zeros_like(Z), Z]) if n_classes == 2 else Z
