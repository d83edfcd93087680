"""Gram matrices of blocks of rows, summed by our own BLAS."""

from __future__ import annotations

from pminusy.kernels.blas import syrk
from pminusy.kernels.compile import kernel


@kernel("index", "double", "matrix", "matrix")
def add_gram(address, factor, A, H):
    """H += factor·AᵀA in the lower triangle; `address` is `syrk_address` of their dtype."""
    syrk(address, factor, A, 1.0, H)
