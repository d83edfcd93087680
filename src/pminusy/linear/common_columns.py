"""A preconditioner for wide sparse rows with columns that many rows share: numbers and categories beside words.

The Hessian's diagonal serves for columns that few rows have. An intercept, a number that every row has and a category
of nearly all rows do the same thing to the logits, for one class against all others: M takes these columns' part of the
Hessian as it is, all classes together, and the diagonal elsewhere,

    H_(k,i)(l,j) = Σ_rows w (p_k δ_kl − p_k p_l) x_i x_j + λ δ_kl δ_ij        for common columns i, j and the intercept
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from pminusy.blocks.sparse import SparseRows
from pminusy.linear.objective import AnyObjective, LinearObjective
from pminusy.solvers.objective import Preconditioner

Array = NDArray[Any]

_COMMON = 0.1  # of the rows have a number in such a column
_MOST_PARAMETERS = 600  # of these columns and intercepts, in all classes
_MOST_ROWS = 1 << 13
_BLOCK = 1024
# Beside diagonals of 1: what all classes' intercepts have in common changes nothing, and H is flat along it.
_RIDGE = 1e-4


def common_columns(objective: AnyObjective, most: int) -> Array:
    """At most so many of the columns that a tenth of the rows have numbers in, the commonest ones, in order."""
    counts = objective.total(_counts)
    commonest = np.argsort(-counts, kind="stable")[:most]
    return np.sort(commonest[counts[commonest] >= max(1.0, _COMMON * objective.rows.shape[0])])


def couple_common(objective: AnyObjective, elsewhere: Preconditioner) -> Preconditioner:
    """M: the Hessian of common columns and intercepts at the objective's last point, and another preconditioner."""
    layout = objective.layout
    most = _MOST_PARAMETERS // layout.n_free - layout.fit_intercept
    if not objective.rows.sparse or most < 0:
        return elsewhere
    columns = common_columns(objective, most)
    H = _hessian(objective, columns)
    if not np.isfinite(H).all() or not H.size:
        return elsewhere
    curvatures = H.diagonal()
    scale = 1 / np.sqrt(np.maximum(curvatures, np.finfo(np.float64).eps * (curvatures.max() or 1.0)))
    H *= np.outer(scale, scale)
    H.flat[:: len(H) + 1] += _RIDGE
    factor = cho_factor(H, lower=True, check_finite=False)

    def solve(residual: Array, out: Array | None = None) -> Array:
        step = elsewhere(residual, out)
        (R, r), (W, b) = layout.unpack(residual), layout.unpack(step)
        common = np.concatenate([R[columns].ravel(), r[: layout.n_free * layout.fit_intercept]])
        found = (scale * cho_solve(factor, scale * common, check_finite=False)).reshape(-1, layout.n_free)
        W[columns], b[:] = found[: len(columns)], found[-1]
        return step

    return solve


def _hessian(objective: AnyObjective, columns: Array) -> Array:
    """H of some columns and the intercept, ordered by column and then class, from rows at equal distances."""
    layout = objective.layout
    stride = -(-objective.rows.shape[0] // _MOST_ROWS)
    coupled: Array = objective.total(_hessian_of_loss, columns, stride)
    penalties = objective.penalty.per_parameter()[
        np.append(columns, np.arange(layout.n_features, layout.n_own))
    ]
    coupled.flat[:: len(coupled) + 1] += np.repeat(penalties, layout.n_free)
    return coupled


def _counts(part: LinearObjective) -> Array:
    """How many rows have a number in each column."""
    return np.bincount(_matrix(part).indices, minlength=part.rows.shape[1])


def _hessian_of_loss(part: LinearObjective, columns: Array, stride: int) -> Array:
    layout, rows = part.layout, SparseRows(_matrix(part)[:, columns], part.dtype)
    n_own = len(columns) + layout.fit_intercept
    size = n_own * layout.n_free
    coupled, own = np.zeros((size, size)), np.zeros((layout.n_free, n_own, n_own))
    chosen = np.arange(-part.place.first_row % stride, rows.shape[0], stride)
    for start in range(0, len(chosen), _BLOCK):
        some = chosen[start : start + _BLOCK]
        P = part.point.probabilities(some)
        weights = (stride * part.masses[some])[:, None]
        A = rows.take(some, n_ones=int(layout.fit_intercept)).astype(np.float64)
        products = (A[:, :, None] * P[:, None, :]).reshape(len(some), size)
        coupled -= (weights * products).T @ products
        own += np.matmul((weights * P).T[:, None, :] * A.T, A)
    blocks = coupled.reshape(n_own, layout.n_free, n_own, layout.n_free)
    places = np.arange(layout.n_free)
    blocks[:, places, :, places] += own
    return coupled


def _matrix(part: LinearObjective) -> sp.csr_matrix:
    assert isinstance(part.rows, SparseRows)
    return part.rows.X
