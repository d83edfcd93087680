"""Approximate inverses of a linear classifier's Hessian, for what its shape allows.

Class by class, the Hessian's diagonal blocks are A_k = Xᵀ diag(w_k) X + λ with w_k = s p_k (1 − p_k). Rows that the
model is sure of weigh next to nothing in them, so a few thousand rows drawn with probability proportional to w_k, all
with the same weight then, make a good A_k: the error of such a sum depends on how many rows are drawn, not on N
(`sampled_rows.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from pminusy.kernels.blas import potrf_address, trtri_address
from pminusy.kernels.linear import outer_pass
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, over_ranges
from pminusy.kernels.triangles import (
    LANES,
    inverse_products,
    pack_inverse_factor,
    packed_size,
    whole_lanes,
)
from pminusy.linear.common_columns import couple_common
from pminusy.linear.objective import AnyObjective, LinearObjective
from pminusy.linear.sampled_rows import n_draws, rows_drawn, sampled_grams
from pminusy.solvers.objective import Preconditioner
from pminusy.solvers.vectors import multiply

Array = NDArray[Any]

_WORTH = 800  # multiplications in a factor for each number of the rows
_MOST_FACTOR_NUMBERS = 1 << 24  # in all classes' factors together
_MOST_BASIS_FEATURES = 4096
_BLOCK = 1024  # rows whose probabilities are looked at together
# Beside diagonals of 1. Without it a flat direction's row of T would be so long that the step it is kept in is no
# longer short beside the others.
LEAST_RIDGE = 1e-6


def make_preconditioner(objective: AnyObjective, random: np.random.Generator) -> Preconditioner:
    """The strongest one that the problem's size allows, at the point of the objective's last evaluation."""
    n_features = objective.layout.n_features
    if n_features > _MOST_BASIS_FEATURES or (objective.rows.sparse and not _worth_factors(objective)):
        return couple_common(objective, diagonal(objective))
    if objective.layout.n_free * (n_features + 1) * (n_features + 2) // 2 <= _MOST_FACTOR_NUMBERS:
        return class_factors(objective, random)
    if objective.rows.sparse:
        return couple_common(objective, diagonal(objective))
    return shared_basis(objective, random)


def _worth_factors(objective: AnyObjective) -> bool:
    """Whether a class's factor of sparse rows is made in the time of a few passes: dense work is so much faster."""
    n_features = objective.layout.n_features
    return n_draws(objective) * n_features**2 + n_features**3 <= _WORTH * objective.rows.n_numbers


def class_factors(objective: AnyObjective, random: np.random.Generator) -> Preconditioner:
    """M = diag(A_1, …, A_F), each inverted by its own Cholesky factor; one for all where all p_k are still alike."""
    n_factors = 1 if objective.at_zero else objective.layout.n_free
    gram_of = sampled_grams(objective, n_factors, random)
    size = objective.layout.n_own
    packed = np.zeros((n_factors, packed_size(size)), np.int16)
    scales, steps = np.zeros((2, n_factors, size), objective.dtype)
    pack, multiply_inverse = pack_inverse_factor(objective.dtype), inverse_products(objective.dtype)
    addresses = potrf_address(objective.dtype), trtri_address(objective.dtype)
    lanes = np.empty((1, LANES), objective.dtype)

    for k in range(n_factors):
        ridge, info = LEAST_RIDGE, np.ones(1, np.int32)
        while info[0] and ridge < 1:
            gram = gram_of(k)
            pack(*addresses, gram, ridge, scales, packed, steps, lanes, info, k)
            del gram  # before the next one
            ridge *= 10

    def solve(R: Array) -> Array:
        X, products = np.zeros((2, len(R), whole_lanes(size)), objective.dtype)
        np.multiply(R, scales, out=X[:, :size])

        def run(first: int, last: int) -> None:
            multiply_inverse(packed, steps, X, products, first, last)

        over_ranges(run, len(R), packed.shape[1] // PRODUCTS_PER_ELEMENT)
        return products[:, :size] * scales

    return _between_classes(objective, solve)


def shared_basis(objective: AnyObjective, random: np.random.Generator) -> Preconditioner:
    """M_k = V diag(d_k) Vᵀ with the eigenvectors V of one Gram matrix for all classes, and d_k = diag(Vᵀ A_k V)."""
    V = eigh(sampled_grams(objective, 1, random)(0), check_finite=False)[1]
    penalties = np.square(V).T @ objective.penalty.per_parameter()
    d = objective.total(_curvatures_along, V) + penalties
    d += 10 * np.finfo(V.dtype).eps * (d.max(initial=0.0) or 1.0)

    return _between_classes(objective, lambda R: (R @ V / d) @ V.T)


def _curvatures_along(part: LinearObjective, V: Array) -> Array:
    """Each class's Σ w ⟨x, v⟩² over the rows drawn, for the columns v of V: (F, D + 1)."""
    source, rows, weights = rows_drawn(part, 0)
    squares = np.square(source.take(rows, int(part.layout.fit_intercept)) @ V)
    P = part.point.probabilities(rows)
    curvatures = P * (1 - P)
    drawn_by = curvatures.sum(axis=1, keepdims=True)
    shares = np.divide(curvatures, drawn_by, out=np.zeros_like(P), where=drawn_by > 0)
    shares *= part.layout.n_free * weights[:, None]
    return shares.T.astype(V.dtype) @ squares


def diagonal(objective: AnyObjective) -> Preconditioner:
    """The Hessian's own diagonal."""
    layout, dtype = objective.layout, objective.dtype
    inverse: Array = objective.total(_diagonal_of_loss)
    inverse[: layout.n_weights] += objective.penalty.curvature
    np.maximum(inverse, np.finfo(dtype).eps * (inverse.max(initial=0.0) or 1.0), out=inverse)
    np.divide(1, inverse, out=inverse)
    return lambda residual, out=None: multiply(residual, inverse, out)


def _diagonal_of_loss(objective: LinearObjective) -> Array:
    rows, layout, dtype = objective.rows, objective.layout, objective.dtype
    dW, db = np.zeros(layout.weight_shape, dtype), np.zeros(layout.n_free)
    code, scratch = outer_pass(dtype), rows.scratch()
    for start in range(0, rows.shape[0], _BLOCK):
        some = slice(start, min(start + _BLOCK, rows.shape[0]))
        P = objective.point.probabilities(some)
        curvatures = (objective.masses[some, None] * P * (1 - P)).astype(dtype)
        for block, first, last in rows.blocks(some.start, some.stop, scratch):
            squares = block._replace(X=np.square(block.X), data=np.square(block.data))
            code(squares, curvatures[first - start : last - start], dW, db, last - first)
    return layout.pack(dW, db)


def _between_classes(objective: AnyObjective, solve: Callable[[Array], Array]) -> Preconditioner:
    """P M⁻¹ P, where `solve` is M⁻¹ by class and P takes from each feature's K weights their mean.

    What all classes share changes no probability: the gradient and the way to the optimum have none of it, but M, which
    knows of no ties between the classes, would bring it in.
    """
    layout = objective.layout
    shared = not layout.n_held

    def less_mean(R: Array) -> Array:
        return R - R.sum(axis=0) / len(R) if shared else R

    return lambda residual, out=None: layout.from_classes(
        less_mean(solve(less_mean(layout.by_class(residual)))), out
    )
