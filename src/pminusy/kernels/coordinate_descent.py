"""Steps of one weight at a time, on the quadratic model of a softmax loss with an elastic net.

Conventions
-----------
Rows are scaled by the roots of their masses m_i, so that they don't show: x_j is a column of X so scaled, and with
probabilities p_k (one class a row) at the point where the model touches the loss, G its gradient there, U = √m X ΔW and
s_i = ⟨p_i, U_i⟩,

    gradient of the model    g_jk = G_jk + Σ_i x_ij p_ik (U_ik − s_i)
    curvature                h_jk = Σ_i x_ij² p_ik (1 − p_ik)
    step of one weight       w ← S(h w − g, α_j) / (h + μ_j)
    step of a group          W_j ← S(h W_j − g_j, α_j) / (h + μ_j)   with h = 2 max_k h_jk

Then U_k += δ x_j and s += δ x_j∘p_k. The first columns are dense, those after them sparse. A class whose logit is held
at 0 has p but no U, and no row of any array here. Derivation: docs/derivations/elastic_net.md.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from pminusy.kernels.compile import helper, kernel
from pminusy.kernels.kinds import (
    DENSE_AND_SPARSE,
    Double,
    DoubleMatrix,
    Doubles,
    Index,
    IntegerMatrix,
    Matrix,
    TupleKind,
    Vector,
)
from pminusy.kernels.weighted_dots import curvature_dot, weighted_dot

UNKNOWN = -1.0  # a curvature that no step has needed yet


class Columns(NamedTuple):
    """Columns of X times the roots of the masses: dense ones as rows, then sparse ones as CSC."""

    dense: Any
    data: Any
    indices: Any
    indptr: Any


ColumnsOfX = Annotated[Columns, TupleKind(Columns, DENSE_AND_SPARSE)]


@helper
def _slope(columns, j, p, u, s):
    """Σ_i x_ij p_i (u_i − s_i)."""
    n_dense = columns.dense.shape[0]
    if j < n_dense:
        return float(weighted_dot(columns.dense[j], p, u, s))
    total = 0.0
    for e in range(columns.indptr[j - n_dense], columns.indptr[j - n_dense + 1]):
        i = columns.indices[e]
        total += columns.data[e] * p[i] * (u[i] - s[i])
    return total


@helper
def _curvature(columns, j, p):
    """Σ_i x_ij² p_i (1 − p_i)."""
    n_dense = columns.dense.shape[0]
    if j < n_dense:
        return float(curvature_dot(columns.dense[j], p))
    total = 0.0
    for e in range(columns.indptr[j - n_dense], columns.indptr[j - n_dense + 1]):
        i = columns.indices[e]
        total += columns.data[e] * columns.data[e] * p[i] * (1 - p[i])
    return total


@helper
def _move(columns, j, step, p, u, s):
    """U += step x_j, s += step x_j∘p."""
    n_dense, real = columns.dense.shape[0], u.dtype.type
    delta = real(step)
    if j < n_dense:
        x = columns.dense[j]
        for i in range(x.size):
            moved = delta * x[i]
            u[i] += moved
            s[i] += moved * p[i]
    else:
        for e in range(columns.indptr[j - n_dense], columns.indptr[j - n_dense + 1]):
            i = columns.indices[e]
            moved = delta * columns.data[e]
            u[i] += moved
            s[i] += moved * p[i]


@helper
def _step_of_weight(columns, j, k, P, U, s, G, W, H, alpha, mu):
    """Move one weight; what this takes from the model, or a bit less."""
    w, a = W[j, k], alpha[j]
    g = G[j, k] + _slope(columns, j, P[k], U[k], s)
    if w == 0 and abs(g) <= a:
        return 0.0
    if H[j, k] < 0:
        H[j, k] = _curvature(columns, j, P[k])
    h, m = H[j, k], mu[j]
    if not h + m > 0:
        return 0.0
    v = h * w - g
    new = math.copysign(max(abs(v) - a, 0.0), v) / (h + m)
    if new == w:
        return 0.0
    _move(columns, j, new - w, P[k], U[k], s)
    W[j, k] = new
    return 0.5 * (h + m) * (new - w) ** 2


@helper
def _step_of_group(columns, j, P, U, s, G, W, H, alpha, mu, v):
    """Move a feature's weights together; what this takes from the model, or a bit less. `v` (F,) is scratch memory."""
    n_classes, zero = W.shape[1], True
    square = 0.0
    for k in range(n_classes):
        v[k] = G[j, k] + _slope(columns, j, P[k], U[k], s)
        square += v[k] * v[k]
        zero = zero and W[j, k] == 0
    if zero and square <= alpha[j] ** 2:
        return 0.0
    h, m = 0.0, mu[j]
    for k in range(n_classes):
        if H[j, k] < 0:
            H[j, k] = _curvature(columns, j, P[k])
        h = max(h, 2 * H[j, k])
    if not h + m > 0:
        return 0.0
    square = 0.0
    for k in range(n_classes):
        v[k] = h * W[j, k] - v[k]
        square += v[k] * v[k]
    length, moved = math.sqrt(square), 0.0
    shrunk = (1 - alpha[j] / length) / (h + m) if length > alpha[j] else 0.0
    for k in range(n_classes):
        step = shrunk * v[k] - W[j, k]
        if step != 0:
            _move(columns, j, step, P[k], U[k], s)
            W[j, k] += step
            moved += step * step
    return 0.5 * (h + m) * moved


@helper
def _sweep(columns, P, U, s, G, W, H, live, alpha, mu, group, every, v):
    """A step of all live weights, or without `every` of those only that are not 0 or not penalised."""
    gain = 0.0
    for j in range(W.shape[0]):
        if group and alpha[j] > 0:
            zero = True
            for k in range(W.shape[1]):
                zero = zero and W[j, k] == 0
            if live[j, 0] and (every or not zero):
                gain += _step_of_group(columns, j, P, U, s, G, W, H, alpha, mu, v)
        else:
            for k in range(W.shape[1]):
                if live[j, k] and (every or W[j, k] != 0 or alpha[j] == 0):
                    gain += _step_of_weight(columns, j, k, P, U, s, G, W, H, alpha, mu)
    return gain


@kernel
def descend(
    columns: ColumnsOfX,
    P: Matrix,
    U: Matrix,
    s: Vector,
    G: DoubleMatrix,
    W: DoubleMatrix,
    H: DoubleMatrix,
    live: IntegerMatrix,
    alpha: Doubles,
    mu: Doubles,
    group: Index,
    share: Double,
    most: Index,
    v: Doubles,
    sums: Doubles,
):
    """Sweeps over the weights W, up to `most`, until one gains no more than this share of what the first did.

    sums = [sweeps, gain of the first, gain of the last].
    """
    sums[0], sums[1] = 1.0, _sweep(columns, P, U, s, G, W, H, live, alpha, mu, group, 1, v)
    sums[2] = sums[1]
    while sums[0] < most and sums[2] > share * sums[1]:
        sums[2] = _sweep(columns, P, U, s, G, W, H, live, alpha, mu, group, 0, v)
        sums[0] += 1
