"""Sums and updates of long vectors; `first` and `last` count chunks of them."""

from __future__ import annotations

from pminusy.kernels.compile import kernel
from pminusy.kernels.products import row_products

CHUNK = 1 << 14


@kernel("matrix", "matrix", "matrix", "doubles", "index", "index")
def dots(a, b, product, sums, first, last):
    """sums[c] = ⟨a, b⟩ over chunk c, for matrices of one row; `product` (4, 1) is scratch memory."""
    for c in range(first, last):
        start, stop = c * CHUNK, min(a.shape[1], (c + 1) * CHUNK)
        row_products(a[:, start:stop], 0, 1, b[:, start:stop], product)
        sums[c] = product[0, 0]


@kernel("vector", "double", "vector", "index", "index")
def add_scaled(y, factor, x, first, last):
    """Y += factor·x."""
    f = y.dtype.type(factor)
    for i in range(first * CHUNK, min(y.size, last * CHUNK)):
        y[i] += f * x[i]


@kernel("vector", "double", "vector", "index", "index")
def scale_and_add(y, factor, x, first, last):
    """Y = x + factor·y."""
    f = y.dtype.type(factor)
    for i in range(first * CHUNK, min(y.size, last * CHUNK)):
        y[i] = x[i] + f * y[i]


@kernel("vector", "vector", "vector", "index", "index")
def multiply(a, b, out, first, last):
    """Out = a∘b."""
    for i in range(first * CHUNK, min(out.size, last * CHUNK)):
        out[i] = a[i] * b[i]


@kernel("vector", "vector", "vector", "index", "index")
def subtract(a, b, out, first, last):
    """Out = a − b."""
    for i in range(first * CHUNK, min(out.size, last * CHUNK)):
        out[i] = a[i] - b[i]


@kernel("matrix", "vector", "vector", "vector", "index", "index")
def add_strands(strands, w, penalties, total, first, last):
    """Total = Σ strands + λ∘w; λ is one number, or one for each entry."""
    start, stop = first * CHUNK, min(total.size, last * CHUNK)
    for i in range(start, stop):
        total[i] = (penalties[0] if penalties.size == 1 else penalties[i]) * w[i]
    for s in range(strands.shape[0]):
        strand = strands[s]
        for i in range(start, stop):
            total[i] += strand[i]
