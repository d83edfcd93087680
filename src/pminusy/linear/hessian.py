"""The Hessian of a linear classifier's objective, written out: for few parameters.

With a = (x, 1) and m_i the weight of row i in the mean,

    H_kl = Σ_i m_i (p_ik [k = l] − p_ik p_il) a_i a_iᵀ  + λ on the features' diagonal

so that with rows g_i = √m_i (p_i1 a_i, …, p_iF a_i) it is diag(Σ_i m_i p_ik a_i a_iᵀ) − GᵀG: two kinds of Gram matrix.
Derivation: docs/derivations/linear.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.partial_sums import over_parts
from pminusy.kernels.blas import gemm_address, syrk_address
from pminusy.kernels.gram import add_gram
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT
from pminusy.linear.objective import AnyObjective, LinearObjective

Array = NDArray[Any]

_BLOCK_NUMBERS = 1 << 17  # of G at a time
_PIECES = 4


def hessian(objective: AnyObjective, stride: int = 1) -> Array:
    """H at the point of the last evaluation, in the order of the flat parameters.

    With a stride, only every so manyth row is counted.
    """
    layout = objective.layout
    total: Array = objective.total(hessian_of_loss, stride)
    order = np.argsort(layout.places_by_class().ravel())
    total = total[np.ix_(order, order)]
    by_class = np.broadcast_to(objective.penalty.per_parameter(), (layout.n_free, layout.n_own))
    total.flat[:: len(total) + 1] += layout.from_classes(by_class)
    return total


def hessian_of_loss(objective: LinearObjective, stride: int) -> Array:
    """The sum over the rows, ordered by class."""
    rows, layout = objective.rows, objective.layout
    n_rows, size, n_free = -(-rows.shape[0] // stride), layout.n_own, layout.n_free
    n_pieces = min(_PIECES, max(1, n_rows // 64))
    crossed = np.zeros((n_pieces, n_free * size, n_free * size), objective.dtype)
    own = np.zeros((n_pieces, n_free, size, size), objective.dtype)
    addresses = syrk_address(objective.dtype), gemm_address(objective.dtype)
    code = add_gram(objective.dtype)
    block = max(64, _BLOCK_NUMBERS // (n_free * size))

    def run(first: int, last: int) -> None:
        for piece in range(first, last):
            stop = n_rows * (piece + 1) // n_pieces
            for start in range(n_rows * piece // n_pieces, stop, block):
                some = slice(start * stride, min(start + block, stop) * stride, stride)
                A = rows.take(some, n_ones=int(layout.fit_intercept))
                P, roots = objective.point.probabilities(some), np.sqrt(objective.masses[some, None])
                G = (P * roots)[:, :, None] * A[:, None, :]
                G = G.reshape(len(A), -1).astype(A.dtype, copy=False)
                code(*addresses, -1.0, G, crossed[piece], 0, G.shape[1])
                for k in range(n_free):
                    own_rows = A * (np.sqrt(P[:, [k]]) * roots).astype(A.dtype)
                    code(*addresses, 1.0, own_rows, own[piece, k], 0, size)

    over_parts(rows, run, n_pieces, n_rows * (n_free * size) ** 2 // n_pieces // PRODUCTS_PER_ELEMENT)
    total = crossed.sum(axis=0)
    for k in range(n_free):
        place = slice(k * size, (k + 1) * size)
        total[place, place] += own[:, k].sum(axis=0)
    return np.tril(total) + np.tril(total, -1).T


def positive_hessian(objective: AnyObjective, stride: int = 1) -> Array:
    """H, positive definite but for what the data leave open."""
    matrix = hessian(objective, stride)
    hold_shifts(objective, matrix)
    return matrix


def hold_shifts(objective: AnyObjective, matrix: Array) -> None:
    """Make a Hessian positive definite that is flat where every class's parameters shift alike.

    Softmax does not change when all logits do, so that shifts of b, and without a penalty those of W, cost nothing; and
    no gradient points along them. A stiffness there changes no Newton step.
    """
    layout = objective.layout
    if layout.n_held:
        return
    first = 0 if objective.penalty.vanishes else layout.n_features
    for held in layout.places_by_class().T[first:]:
        matrix[np.ix_(held, held)] += matrix[held, held].mean() / len(held)
