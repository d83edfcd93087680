"""Sums and updates of long vectors; `first` and `last` count chunks of them."""

from __future__ import annotations

from pminusy.kernels.compile import kernel
from pminusy.kernels.kinds import Double, Doubles, Index, Matrix, Vector
from pminusy.kernels.products import add_outer_products, row_products

CHUNK = 1 << 14


@kernel
def dots(vectors: Matrix, x: Matrix, product: Matrix, sums: Doubles, first: Index, last: Index):
    """sums[c m + k] = ⟨vectors_k, x⟩ over chunk c, of m vectors and a matrix x of one row.

    `product` (4, m) is scratch memory.
    """
    for c in range(first, last):
        start, stop = c * CHUNK, min(x.shape[1], (c + 1) * CHUNK)
        row_products(x[:, start:stop], 0, 1, vectors[:, start:stop], product)
        for k in range(vectors.shape[0]):
            sums[c * vectors.shape[0] + k] = product[0, k]


@kernel
def combine(
    out: Matrix, factor: Double, x: Matrix, factors: Matrix, vectors: Matrix, first: Index, last: Index
):
    """Out = factor·x + Σ_k factors_k vectors_k, with out and x matrices of one row, factors of one column."""
    f = out.dtype.type(factor)
    for c in range(first, last):
        start, stop = c * CHUNK, min(out.shape[1], (c + 1) * CHUNK)
        sums, scaled = out[:, start:stop], x[0, start:stop]
        for i in range(scaled.size):
            sums[0, i] = f * scaled[i]
        add_outer_products(vectors[:, start:stop], 0, vectors.shape[0], factors, sums)


@kernel
def multiply(a: Vector, b: Vector, out: Vector, first: Index, last: Index):
    """Out = a∘b."""
    start, stop = first * CHUNK, min(out.size, last * CHUNK)
    left, right, product = a[start:stop], b[start:stop], out[start:stop]
    for i in range(product.size):
        product[i] = left[i] * right[i]


@kernel
def add_strands(strands: Matrix, w: Vector, penalties: Vector, total: Vector, first: Index, last: Index):
    """Total = Σ strands + λ∘w; λ is one number, or one for each entry."""
    for c in range(first, last):
        start, stop = c * CHUNK, min(total.size, (c + 1) * CHUNK)
        own, sums = w[start:stop], total[start:stop]
        if penalties.size == 1:
            for i in range(sums.size):
                sums[i] = penalties[0] * own[i]
        else:
            weights = penalties[start:stop]
            for i in range(sums.size):
                sums[i] = weights[i] * own[i]
        for s in range(strands.shape[0]):
            strand = strands[s, start:stop]
            for i in range(sums.size):
                sums[i] += strand[i]
