"""Approximate inverses of a linear classifier's Hessian, for what its shape allows.

Class by class, the Hessian's diagonal blocks are A_k = Xᵀ diag(w_k) X + λ with w_k = s p_k (1 − p_k). Rows that the
model is sure of weigh next to nothing in them, so a few thousand rows drawn with probability proportional to w_k, all
with the same weight then, make a good A_k: the error of such a sum depends on how many rows are drawn, not on N.

The rows come by systematic sampling: every (Σ w / m)-th unit of weight along the rows, from a random start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from pminusy.blocks.rows import TakesRows
from pminusy.kernels.blas import gemm_address, potrf_address, syrk_address, trtri_address
from pminusy.kernels.gram import add_gram
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
from pminusy.linear.objective import LinearObjective
from pminusy.solvers.objective import Preconditioner
from pminusy.solvers.vectors import multiply

Array = NDArray[Any]

_DRAWS_PER_FEATURE = 5
_LEAST_DRAWS = 1000
_WORTH = 800  # multiplications in a factor for each number of the rows
_MOST_FACTOR_NUMBERS = 1 << 24  # in all classes' factors together
_MOST_BASIS_FEATURES = 4096
_BLOCK = 1024  # rows whose probabilities are looked at together
# Beside diagonals of 1. Without it a flat direction's row of T would be so long that the step it is kept in is no
# longer short beside the others.
LEAST_RIDGE = 1e-6
_TILE = 64  # rows drawn that are gathered together
_MOST_STRIPS, _LEAST_STRIP = 2, 128  # of a Gram matrix: each gathers all the rows
_MOST_CANDIDATES = 1 << 23  # rows times classes that are looked at for a draw


def make_preconditioner(objective: LinearObjective, random: np.random.Generator) -> Preconditioner:
    """The strongest one that the problem's size allows, at the point of the objective's last evaluation."""
    n_features = objective.layout.n_features
    if n_features > _MOST_BASIS_FEATURES or (objective.rows.sparse and not _worth_factors(objective)):
        return couple_common(objective, diagonal(objective))
    if objective.layout.n_free * (n_features + 1) * (n_features + 2) // 2 <= _MOST_FACTOR_NUMBERS:
        return class_factors(objective, random)
    if objective.rows.sparse:
        return couple_common(objective, diagonal(objective))
    return shared_basis(objective, random)


def _worth_factors(objective: LinearObjective) -> bool:
    """Whether a class's factor of sparse rows is made in the time of a few passes: dense work is so much faster."""
    n_features = objective.layout.n_features
    n_draws = min(objective.rows.shape[0], max(_DRAWS_PER_FEATURE * n_features, _LEAST_DRAWS))
    return n_draws * n_features**2 + n_features**3 <= _WORTH * objective.rows.n_numbers


def class_factors(objective: LinearObjective, random: np.random.Generator) -> Preconditioner:
    """M = diag(A_1, …, A_F), each inverted by its own Cholesky factor; one for all where all p_k are still alike."""
    n_factors = 1 if objective.point.at_zero else objective.layout.n_free
    rows, weights = _draw(objective, n_factors, random)
    size = objective.layout.n_own
    packed = np.zeros((n_factors, packed_size(size)), np.int16)
    scales, steps = np.zeros((2, n_factors, size), objective.dtype)
    pack, multiply_inverse = pack_inverse_factor(objective.dtype), inverse_products(objective.dtype)
    addresses = potrf_address(objective.dtype), trtri_address(objective.dtype)
    lanes = np.empty((1, LANES), objective.dtype)

    for k, source in enumerate(_sources(objective, rows)):
        ridge, info = LEAST_RIDGE, np.ones(1, np.int32)
        while info[0] and ridge < 1:
            gram = _gram(objective, source, rows[k], weights[k])
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


def shared_basis(objective: LinearObjective, random: np.random.Generator) -> Preconditioner:
    """M_k = V diag(d_k) Vᵀ with the eigenvectors V of one Gram matrix for all classes, and d_k = diag(Vᵀ A_k V)."""
    rows, weights = _draw(objective, 1, random)
    source = objective.rows.at_hand(rows[0])
    V = eigh(_gram(objective, source, rows[0], weights[0]), check_finite=False)[1]
    squares = np.square(source.take(rows[0], n_ones=int(objective.layout.fit_intercept)) @ V)
    P = objective.point.probabilities(rows[0])
    curvatures = P * (1 - P)
    drawn_by = curvatures.sum(axis=1, keepdims=True)
    shares = np.divide(curvatures, drawn_by, out=np.zeros_like(P), where=drawn_by > 0)
    shares *= objective.layout.n_free * weights[0][:, None]
    penalties = np.square(V).T @ objective.penalty.per_parameter()
    d = shares.T.astype(V.dtype) @ squares + penalties
    d += 10 * np.finfo(V.dtype).eps * (d.max(initial=0.0) or 1.0)

    return _between_classes(objective, lambda R: (R @ V / d) @ V.T)


def diagonal(objective: LinearObjective) -> Preconditioner:
    """The Hessian's own diagonal."""
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
    inverse = layout.pack(dW, db)
    inverse[: layout.n_weights] += objective.penalty.curvature
    np.maximum(inverse, np.finfo(dtype).eps * (inverse.max(initial=0.0) or 1.0), out=inverse)
    np.divide(1, inverse, out=inverse)
    return lambda residual, out=None: multiply(residual, inverse, out)


def _between_classes(objective: LinearObjective, solve: Callable[[Array], Array]) -> Preconditioner:
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


def _draw(objective: LinearObjective, n_factors: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Rows for each factor, drawn by what they weigh in it, and what each of them stands for: both (n_factors, m)."""
    n_rows, n_features = objective.rows.shape
    n_draws = max(_DRAWS_PER_FEATURE * n_features, _LEAST_DRAWS)
    if n_rows <= n_draws:
        weights = _weights(objective, np.arange(n_rows), n_factors)
        return np.broadcast_to(np.arange(n_rows), weights.shape), weights
    step = max(1, n_rows * objective.layout.n_classes // _MOST_CANDIDATES)
    candidates = np.arange(int(random.integers(step)), n_rows, step)
    blocks = [candidates[first : first + _BLOCK] for first in range(0, len(candidates), _BLOCK)]
    totals = sum(_weights(objective, block, n_factors).sum(axis=1) for block in blocks)
    points = (random.random((n_factors, 1)) + np.arange(n_draws)) * (totals[:, None] / n_draws)
    rows, n_found = np.empty((n_factors, n_draws), np.intp), np.zeros(n_factors, int)
    passed = np.zeros((n_factors, 1))
    for block in blocks:
        sums = passed + _weights(objective, block, n_factors).cumsum(axis=1)
        for k in range(n_factors):
            n_reached = n_draws if block is blocks[-1] else int(points[k].searchsorted(sums[k, -1]))
            places = sums[k].searchsorted(points[k, n_found[k] : n_reached], side="right")
            rows[k, n_found[k] : n_reached] = block[np.minimum(places, len(block) - 1)]
            n_found[k] = max(n_found[k], n_reached)
        passed = sums[:, -1:]
    return rows, np.broadcast_to(totals[:, None] * (step / n_draws), rows.shape)


def _weights(objective: LinearObjective, rows: Array, n_factors: int) -> Array:
    """What rows weigh in each class's A_k, or in one for all classes in their mean: (n_factors, n)."""
    P = objective.point.probabilities(rows)
    curvatures = np.float64(1.0) * P * (1 - P)
    by_class = curvatures.T if n_factors > 1 else curvatures.mean(axis=1)[None]
    return by_class * objective.masses[rows]


def _sources(objective: LinearObjective, rows: Array) -> Iterator[TakesRows]:
    """Where each factor's rows are taken from; those of as many factors as have room are brought to hand together."""
    at_once = max(1, objective.rows.most_at_hand // max(1, rows.shape[1]))
    for first in range(0, len(rows), at_once):
        some = rows[first : first + at_once]
        source = objective.rows.at_hand(some)
        for _ in some:
            yield source


def _gram(objective: LinearObjective, source: TakesRows, rows: Array, weights: Array) -> Array:
    """Σ w x xᵀ + λ over these rows, x with a last entry 1 for the intercept; in the lower triangle.

    Threads take strips of its rows, so that there is one such matrix only.
    """
    size = objective.layout.n_own
    total, roots = np.zeros((size, size), objective.dtype), np.sqrt(weights).astype(objective.dtype)
    addresses, n_ones = (
        (syrk_address(objective.dtype), gemm_address(objective.dtype)),
        int(objective.layout.fit_intercept),
    )
    code, n_strips = add_gram(objective.dtype), max(1, min(_MOST_STRIPS, size // _LEAST_STRIP))
    borders = (size * np.sqrt(np.arange(n_strips + 1) / n_strips)).astype(int)  # as much work in each

    def run(first: int, last: int) -> None:
        for start, stop in pairwise(borders[first : last + 1]):
            for tile in range(0, len(rows), _TILE):
                A = source.take(rows[tile : tile + _TILE], n_ones)
                A *= roots[tile : tile + _TILE, None]
                code(*addresses, 1.0, A, total, start, stop)

    over_ranges(run, n_strips, len(rows) * size**2 // n_strips // PRODUCTS_PER_ELEMENT)
    total.flat[:: size + 1] += objective.penalty.per_parameter()
    return total
