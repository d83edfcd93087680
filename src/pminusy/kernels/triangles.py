"""Products with inverses of Cholesky factors, packed row by row, one for each class.

A symmetric positive definite A = L Lᵀ has A⁻¹ = TᵀT with T = L⁻¹ lower triangular. Row i of T has i + 1 numbers, and
the rows lie one after the other: half the memory of a square. One walk over T does both products, since u_i = ⟨T_i, x⟩
needs row i alone, and so does the share u_i T_i of Tᵀu. TᵀT is positive semidefinite whatever the rounding of T.
"""

from __future__ import annotations

from pminusy.kernels.compile import helper, kernel
from pminusy.kernels.floats import clear

LANES = 16


@helper
def _dot(a, b, n, lanes):
    """Σ_j a_j b_j over the first n, in several sums at a time."""
    clear(lanes, LANES)
    whole = n // LANES * LANES
    for j in range(0, whole, LANES):
        for lane in range(LANES):
            lanes[lane] += a[j + lane] * b[j + lane]
    total = lanes.dtype.type(0)
    for lane in range(LANES):
        total += lanes[lane]
    for j in range(whole, n):
        total += a[j] * b[j]
    return total


@kernel("matrix", "matrix", "matrix", "matrix", "index", "index")
def inverse_products(triangles, X, scratch, out, start, stop):
    """out[k] = TᵀT x for x = X[k], with T the k-th row of `triangles`, or its only row."""
    lanes = scratch[0]
    for k in range(start, stop):
        x, y, packed = X[k], out[k], triangles[min(k, triangles.shape[0] - 1)]
        clear(y, y.size)
        first = 0
        for i in range(x.size):
            row = packed[first : first + i + 1]
            u = _dot(row, x, i + 1, lanes)
            for j in range(i + 1):
                y[j] += u * row[j]
            first += i + 1
