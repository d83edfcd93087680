"""Gram matrices of blocks of rows, summed by our own BLAS."""

from __future__ import annotations

from pminusy.kernels.blas import gemm, syrk
from pminusy.kernels.compile import kernel


@kernel("index", "index", "double", "matrix", "matrix", "index", "index")
def add_gram(syrk_address, gemm_address, factor, A, H, first, last):
    """H += factor·AᵀA in the rows [first, last) of the lower triangle.

    The addresses are `syrk_address` and `gemm_address` of their dtype.
    """
    own = A[:, first:last]
    syrk(syrk_address, factor, own, 1.0, H[first:last, first:last])
    if first > 0:
        gemm(gemm_address, factor, own, True, A[:, :first], False, 1.0, H[first:last, :first])
