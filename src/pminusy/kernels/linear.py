"""A linear classifier's passes over X: each block of rows goes all the way while it is in the cache.

    logits:               Z = X W + b
    value and gradient:   Z = X W + b,  losses and dZ = ∂L/∂Z,  dW += Xᵀ dZ,  db += Σ dZ
    Hessian times (V, c): U = X V + c,  dU = (∂²L/∂Z²) U,       dW += Xᵀ dU,  db += Σ dU

Arguments shared by the kernels
-------------------------------
rows    : the n rows of X, dense or CSR
W, V, dW: (F, D) for dense rows, (D, F) for sparse ones; b, c, db (F,)
Z       : logits, with `keep` those of all n rows, kept for later; without it one block's, written anew for every block.
          With F < K the first K − F columns stay what they are: a class whose logit is held at 0
short   : whether there are so few classes that `tiles.py` is faster than `rows.py`
Z, U, dZ and dU have SPARE_ROWS more rows than they need, as the products come four rows at a time
dZ, dU  : one block's, or where dW is empty those of all rows, for `transposed_pass` to make dW of
scratch : memory to work in, of the size that `rows.py` or `tiles.py` states
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from pminusy.kernels.compile import helper, kernel
from pminusy.kernels.cross_entropy import label_rows, mass_rows
from pminusy.kernels.cross_entropy_tiles import label_tiles, mass_tiles
from pminusy.kernels.kinds import (
    DENSE_AND_SPARSE,
    Double,
    Doubles,
    Index,
    Integers,
    Matrix,
    TupleKind,
    Vector,
)
from pminusy.kernels.products import add_outer_products, row_products
from pminusy.kernels.softmax import curvature_rows, curvature_tiles
from pminusy.kernels.sparse_products import add_sparse_outer_products, sparse_row_products

BLOCK = 64  # rows
SPARE_ROWS = 3

_label_tiles, _label_rows = label_tiles.helper, label_rows.helper
_mass_tiles, _mass_rows = mass_tiles.helper, mass_rows.helper
_curvature_tiles, _curvature_rows = curvature_tiles.helper, curvature_rows.helper


class Rows(NamedTuple):
    """Rows of X: dense, or CSR with an empty X. An empty `indptr` tells that they are dense."""

    X: Any
    data: Any
    indices: Any
    indptr: Any


RowsOfX = Annotated[Rows, TupleKind(Rows, DENSE_AND_SPARSE)]


@helper
def _logits(rows, first, n_rows, W, b, Z):
    """Z[:n_rows] = X[first : first + n_rows] W + b."""
    if rows.indptr.size > 0:
        sparse_row_products(rows.data, rows.indices, rows.indptr, first, n_rows, W, Z)
    else:
        row_products(rows.X, first, n_rows, W, Z)
    for i in range(n_rows):
        for k in range(b.size):
            Z[i, k] += b[k]


@helper
def _add_gradient(rows, first, n_rows, dZ, dW, db):
    """dW += X[first : first + n_rows]ᵀ dZ, db += Σ dZ; an empty dW is left for `transposed_pass`."""
    if dW.shape[0] == 0:
        pass
    elif rows.indptr.size > 0:
        add_sparse_outer_products(rows.data, rows.indices, rows.indptr, first, n_rows, dZ, dW)
    else:
        add_outer_products(rows.X, first, n_rows, dZ, dW)
    for i in range(n_rows):
        for k in range(db.size):
            db[k] += dZ[i, k]


@helper
def _place(dW, first):
    """Where a block's dZ is put: it is kept for all rows where dW is left for later."""
    return first if dW.shape[0] == 0 else 0


@helper
def _row_values(values, first):
    """Where a block begins among values for each row, or one for all."""
    return first if values.size > 1 else 0


@helper
def _add_losses(losses, n_rows, total):
    for r in range(n_rows):
        total[0] += losses[r]


@kernel
def label_pass(
    rows: RowsOfX,
    W: Matrix,
    b: Vector,
    labels: Integers,
    ignored: Index,
    hit: Doubles,
    shift: Vector,
    shift_total: Double,
    weights: Doubles,
    scale: Double,
    scratch: Matrix,
    Z: Matrix,
    dZ: Matrix,
    losses: Doubles,
    dW: Matrix,
    db: Doubles,
    total: Doubles,
    short: Index,
    keep: Index,
    n: Index,
):
    """Value and gradient for labels; total[0] += Σ L."""
    for first in range(0, n, BLOCK):
        m = min(BLOCK, n - first)
        at, w, to = first if keep else 0, _row_values(weights, first), _place(dW, first)
        z, row_weights, dz, own = (
            Z[at : at + m],
            weights[w : w + m],
            dZ[to : to + m],
            labels[first : first + m],
        )
        _logits(rows, first, m, W, b, z[:, z.shape[1] - b.size :])
        target = own, ignored, hit, shift, shift_total, row_weights
        if short:
            _label_tiles(z, *target, 0.0, scale, scratch, dz, losses, 0, m)
        else:
            _label_rows(z, *target, 0.0, scale, scratch, dz, losses, 0, m)
        _add_losses(losses, m, total)
        _add_gradient(rows, first, m, dz[:, dz.shape[1] - b.size :], dW, db)


@kernel
def mass_pass(
    rows: RowsOfX,
    W: Matrix,
    b: Vector,
    Y: Matrix,
    gain: Vector,
    shift: Vector,
    weights: Doubles,
    scale: Double,
    scratch: Matrix,
    Z: Matrix,
    dZ: Matrix,
    losses: Doubles,
    dW: Matrix,
    db: Doubles,
    total: Doubles,
    short: Index,
    keep: Index,
    n: Index,
):
    """Value and gradient for target mass; total[0] += Σ L."""
    for first in range(0, n, BLOCK):
        m = min(BLOCK, n - first)
        at, w, to = first if keep else 0, _row_values(weights, first), _place(dW, first)
        z, row_weights, dz, own = Z[at : at + m], weights[w : w + m], dZ[to : to + m], Y[first : first + m]
        _logits(rows, first, m, W, b, z[:, z.shape[1] - b.size :])
        if short:
            _mass_tiles(z, own, gain, shift, row_weights, 0.0, scale, scratch, dz, losses, 0, m)
        else:
            _mass_rows(z, own, gain, shift, row_weights, 0.0, scale, scratch, dz, losses, 0, m)
        _add_losses(losses, m, total)
        _add_gradient(rows, first, m, dz[:, dz.shape[1] - b.size :], dW, db)


@kernel
def curvature_pass(
    rows: RowsOfX,
    W: Matrix,
    b: Vector,
    V: Matrix,
    c: Vector,
    masses: Doubles,
    scratch: Matrix,
    Z: Matrix,
    U: Matrix,
    dU: Matrix,
    dW: Matrix,
    db: Doubles,
    short: Index,
    keep: Index,
    n: Index,
):
    """Hessian product. Logits that were kept are used; with one block of them they are computed anew."""
    for first in range(0, n, BLOCK):
        m = min(BLOCK, n - first)
        at, w, to = first if keep else 0, _row_values(masses, first), _place(dW, first)
        z, row_masses, dz = Z[at : at + m], masses[w : w + m], dU[to : to + m]
        if not keep:
            _logits(rows, first, m, W, b, z[:, z.shape[1] - b.size :])
        _logits(rows, first, m, V, c, U[:, U.shape[1] - c.size :])
        if short:
            _curvature_tiles(z, U, row_masses, 0.0, scratch, dz, 0, m)
        else:
            _curvature_rows(z, U, row_masses, 0.0, scratch, dz, 0, m)
        _add_gradient(rows, first, m, dz[:, dz.shape[1] - c.size :], dW, db)


@kernel
def logits_pass(rows: RowsOfX, W: Matrix, b: Vector, Z: Matrix, n: Index):
    """Z[:n] = X W + b."""
    for first in range(0, n, BLOCK):
        m = min(BLOCK, n - first)
        _logits(rows, first, m, W, b, Z[first : first + m])


@kernel
def outer_pass(rows: RowsOfX, dZ: Matrix, dW: Matrix, db: Doubles, n: Index):
    """dW += Xᵀ dZ, db += Σ dZ for any dZ (n, F)."""
    for first in range(0, n, BLOCK):
        m = min(BLOCK, n - first)
        _add_gradient(rows, first, m, dZ[first : first + m], dW, db)


@kernel
def transposed_pass(
    columns: RowsOfX,
    dZ: Matrix,
    n_held: Index,
    W: Matrix,
    penalties: Vector,
    dW: Matrix,
    first: Index,
    last: Index,
):
    """dW = Xᵀ dZ + λ∘W for the features [first, last), which are the sparse rows of Xᵀ; λ is one number."""
    free = dZ[:, n_held:]
    sparse_row_products(
        columns.data, columns.indices, columns.indptr, first, last - first, free, dW[first:last]
    )
    for d in range(first, last):
        for k in range(dW.shape[1]):
            dW[d, k] += penalties[0] * W[d, k]
