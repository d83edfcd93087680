"""Gram matrices of blocks of rows, summed by our own BLAS."""

from __future__ import annotations

from pminusy.kernels.blas import gemm, syrk
from pminusy.kernels.compile import kernel
from pminusy.kernels.kinds import Double, Index, Matrix


@kernel
def add_gram(
    syrk_address: Index, gemm_address: Index, factor: Double, A: Matrix, H: Matrix, first: Index, last: Index
):
    """H += factor·AᵀA in the rows [first, last) of the lower triangle.

    The addresses are `syrk_address` and `gemm_address` of their dtype.
    """
    own = A[:, first:last]
    syrk(syrk_address, factor, own, 1.0, H[first:last, first:last])
    if first > 0:
        gemm(gemm_address, factor, own, True, A[:, :first], False, 1.0, H[first:last, :first])
