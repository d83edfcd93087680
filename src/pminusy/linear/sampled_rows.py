"""Rows drawn with probability proportional to what they weigh in a Hessian, and Gram matrices of them.

The rows come by systematic sampling: every (Σ w / m)-th unit of weight along the rows, from a random start. Where the
rows are in several parts, each part finds those of the units that lie in it, so that all know which rows are drawn
from the weight of each part alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.rows import TakesRows
from pminusy.kernels.blas import gemm_address, syrk_address
from pminusy.kernels.gram import add_gram
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, over_ranges
from pminusy.linear.objective import AnyObjective, LinearObjective, Sample

Array = NDArray[Any]

_DRAWS_PER_FEATURE = 5
_LEAST_DRAWS = 1000
_BLOCK = 1024  # rows whose probabilities are looked at together
_TILE = 64  # rows drawn that are gathered together
_MOST_STRIPS, _LEAST_STRIP = 2, 128  # of a Gram matrix: each gathers all the rows
_MOST_CANDIDATES = 1 << 23  # rows times classes that are looked at for a draw


@dataclass(frozen=True)
class _Draw:
    """What is drawn.

    Attributes
    ----------
    n_draws : int
        For each factor.
    first, step : int
        Candidates are every step-th row from the first on.
    """

    n_factors: int
    n_draws: int
    first: int
    step: int

    def candidates(self, part: LinearObjective) -> list[Array]:
        """Those among a part's rows, in blocks."""
        first = (self.first - part.place.first_row) % self.step
        numbers = np.arange(first, part.rows.shape[0], self.step)
        return [numbers[start : start + _BLOCK] for start in range(0, len(numbers), _BLOCK)]


def n_draws(objective: AnyObjective) -> int:
    """How many rows are drawn for a factor, at most."""
    n_rows, n_features = objective.rows.shape
    return min(n_rows, max(_DRAWS_PER_FEATURE * n_features, _LEAST_DRAWS))


def sampled_grams(
    objective: AnyObjective, n_factors: int, random: np.random.Generator
) -> Callable[[int], Array]:
    """Draw rows for each factor, and give Σ w x xᵀ + λ over the k-th factor's, x with a last entry 1 for the intercept.

    The matrix is a new one at each call, in the lower triangle.
    """
    n_together = min(n_factors, objective.most_together // objective.layout.n_own**2)
    together = draw(objective, n_factors, random, n_together)

    def gram(k: int) -> Array:
        total: Array = together[k].copy() if k < n_together else objective.total(_gram, k)
        total.flat[:: len(total) + 1] += objective.penalty.per_parameter()
        return total

    return gram


def draw(
    objective: AnyObjective, n_factors: int, random: np.random.Generator, n_grams: int = 0
) -> tuple[Array, ...]:
    """Draw rows for each factor, at the point of the last evaluation; each part keeps its own as its `sample`.

    The first factors' Σ w x xᵀ are given back.
    """
    n_rows, m = objective.rows.shape[0], n_draws(objective)
    if n_rows == m:
        return tuple(objective.leave_sample(_take_all, n_factors, n_grams))
    step = max(1, n_rows * objective.layout.n_classes // _MOST_CANDIDATES)
    plan = _Draw(n_factors, m, int(random.integers(step)), step)
    totals = np.array(objective.each(_total_weights, plan))
    # Where each part begins, and all of it ends, along the weight: (parts + 1, n_factors).
    ends = np.concatenate([np.zeros((1, n_factors)), np.cumsum(totals, axis=0)])
    points = (random.random((n_factors, 1)) + np.arange(m)) * (ends[-1][:, None] / m)
    return tuple(objective.leave_sample(_take_drawn, plan, ends, points, n_grams))


def rows_drawn(part: LinearObjective, k: int) -> tuple[TakesRows, Array, Array]:
    """The k-th factor's rows: where they are taken from, their numbers, and what each of them stands for."""
    assert part.sample is not None
    rows = part.sample.rows[k]
    return part.sample.source or part.rows.at_hand(rows), rows, part.sample.weights[k]


def _keep(part: LinearObjective, rows: list[Array], weights: list[Array]) -> None:
    """Make them the part's sample; what is to be read for it is read once, if all of it has room."""
    all_rows = np.unique(np.concatenate(rows))
    source = part.rows.at_hand(all_rows) if len(all_rows) <= part.rows.most_at_hand else None
    part.sample = Sample(rows, weights, source)


def _take_all(part: LinearObjective, n_factors: int, n_grams: int) -> tuple[Array, ...]:
    rows = np.arange(part.rows.shape[0])
    _keep(part, [rows] * n_factors, list(_weights(part, rows, n_factors)))
    return tuple(_gram(part, k) for k in range(n_grams))


def _total_weights(part: LinearObjective, plan: _Draw) -> Array:
    blocks = (_weights(part, block, plan.n_factors).sum(axis=1) for block in plan.candidates(part))
    return sum(blocks, np.zeros(plan.n_factors))


def _take_drawn(
    part: LinearObjective, plan: _Draw, ends: Array, points: Array, n_grams: int
) -> tuple[Array, ...]:
    blocks, passed = plan.candidates(part), ends[part.place.number][:, None]
    wanted = [_points_within(part.place.number, ends[:, k], points[k]) for k in range(plan.n_factors)]
    found: list[list[Array]] = [[np.empty(0, np.intp)] for _ in wanted]
    n_found = [0] * len(wanted)
    for block in blocks:
        sums = passed + _weights(part, block, plan.n_factors).cumsum(axis=1)
        for k, own in enumerate(wanted):
            n_reached = len(own) if block is blocks[-1] else int(own.searchsorted(sums[k, -1]))
            places = sums[k].searchsorted(own[n_found[k] : n_reached], side="right")
            found[k].append(block[np.minimum(places, len(block) - 1)])
            n_found[k] = max(n_found[k], n_reached)
        passed = sums[:, -1:]
    rows = [np.concatenate(each) for each in found]
    stands_for = ends[-1] * (plan.step / plan.n_draws)
    _keep(part, rows, [np.full(len(own), each) for own, each in zip(rows, stands_for, strict=True)])
    return tuple(_gram(part, k) for k in range(n_grams))


def _points_within(number: int, ends: Array, points: Array) -> Array:
    """Those points that lie in a part's stretch of the weight; what rounding leaves behind all is the last part's."""
    borders = points.searchsorted(ends)
    borders[0], borders[ends == ends[-1]] = 0, len(points)
    return points[borders[number] : borders[number + 1]]


def _weights(part: LinearObjective, rows: Array, n_factors: int) -> Array:
    """What rows weigh in each class's A_k, or in one for all classes in their mean: (n_factors, n)."""
    P = part.point.probabilities(rows)
    curvatures = np.float64(1.0) * P * (1 - P)
    by_class = curvatures.T if n_factors > 1 else curvatures.mean(axis=1)[None]
    return by_class * part.masses[rows]


def _gram(part: LinearObjective, k: int) -> Array:
    """Threads take strips of its rows, so that there is one such matrix only."""
    source, rows, weights = rows_drawn(part, k)
    size, n_ones = part.layout.n_own, int(part.layout.fit_intercept)
    total, roots = np.zeros((size, size), part.dtype), np.sqrt(weights).astype(part.dtype)
    addresses = syrk_address(part.dtype), gemm_address(part.dtype)
    code, n_strips = add_gram(part.dtype), max(1, min(_MOST_STRIPS, size // _LEAST_STRIP))
    borders = (size * np.sqrt(np.arange(n_strips + 1) / n_strips)).astype(int)  # as much work in each

    def run(first: int, last: int) -> None:
        for start, stop in pairwise(borders[first : last + 1]):
            for tile in range(0, len(rows), _TILE):
                A = source.take(rows[tile : tile + _TILE], n_ones)
                A *= roots[tile : tile + _TILE, None]
                code(*addresses, 1.0, A, total, start, stop)

    over_ranges(run, n_strips, len(rows) * size**2 // n_strips // PRODUCTS_PER_ELEMENT)
    return total
