"""What the page leaves free: entries of the point's random tables."""

from __future__ import annotations

import numpy as np

from pminusy.proofread.checking.dual import Array
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.meaning.model.point import margins
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import ONES, Entry


def entries(family: str, indices: tuple[Array, ...], env: Environment, name: str = "") -> Array:
    """The table of a family (or another of its shape, by name) at indices; its other axes become rows and columns."""
    model, point = env.model, env.point
    if family in model.special and not name:
        return _special(family, indices, env)
    rank = max(model.axis_count(family), len(indices))
    ranges = [model.ranges.index_range(family, n, point) for n in range(rank)]
    whole = ranges[len(indices) :]
    if len(whole) > 2:
        raise Undecidable(f"{family} is written without its indices")
    low = margins(rank)[0]
    table = point.table(name or family, tuple(len(values) for values in ranges))
    if model.zero_outside:
        table = table * _within(ranges, table.ndim)
    table = _with_fixed(table, name or family, model.fixed, low)
    for offset, values in enumerate(whole):
        table = np.take(table, values - low, axis=1 + len(indices) + offset)
    table = table.reshape((*table.shape, *(1,) * (2 - len(whole))))
    if not indices:
        return table
    samples = np.arange(table.shape[0])[:, np.newaxis, np.newaxis]
    places = [np.clip(index - low, 0, table.shape[n + 1] - 1) for n, index in enumerate(indices)]
    shape = np.broadcast_shapes(samples.shape, *(place.shape for place in places))
    return table[tuple(np.broadcast_to(place, shape)[..., 0, 0] for place in (samples, *places))]


def _with_fixed(table: Array, family: str, fixed: dict[Entry, float], low: int) -> Array:
    """The table with the values that the page gives to entries."""
    for (name, places), value in fixed.items():
        near = all(p is None or p - low < n for p, n in zip(places, table.shape[1:], strict=False))
        if name == family and len(places) == table.ndim - 1 and near:
            table = table.copy()
            table[(slice(None), *(slice(None) if p is None else p - low for p in places))] = value
    return table


def _within(ranges: list[Array], ndim: int) -> Array:
    """1 for the entries of a table whose indices are in their ranges, else 0."""
    inside: Array = np.ones((1,) * ndim)
    low, beyond = margins(ndim - 1)
    for position, values in enumerate(ranges):
        places = np.arange(len(values) + beyond - low) + low
        shape = [-1 if n == position + 1 else 1 for n in range(ndim)]
        inside = inside * np.isin(places, values).reshape(shape)
    return inside


def hits(family: str, indices: tuple[Array, ...], wanted: tuple[Array, ...], env: Environment) -> Array:
    """1 where the entry at `indices` is the wanted one, else 0; axes without an index become rows and columns."""
    hit: Array = np.ones((1, 1, 1))
    for index, target in zip(indices, wanted, strict=False):
        hit = hit * (index == target)
    rest = wanted[len(indices) :]
    ranges = [env.model.ranges.index_range(family, n, env.point) for n in range(len(indices), len(wanted))]
    if rest:
        hit = hit * (ranges[0][:, np.newaxis] == rest[0])
    if len(rest) == 2:
        hit = hit * (ranges[1][np.newaxis, :] == rest[1])
    return hit


def _special(family: str, indices: tuple[Array, ...], env: Environment) -> Array:
    """The unit matrix, a row of it as a vector, an entry, or a vector of ones."""
    if family == ONES or not env.model.rank(family):
        sizes = [
            len(env.model.ranges.index_range(family, n, env.point)) for n in range(env.model.rank(family))
        ]
        return np.ones((1, 1, 1) if indices else (1, *[*sizes, 1, 1][:2]))
    if len(indices) == 2:
        return (indices[0] == indices[1]).astype(float)
    if len(indices) == 1:
        places = env.model.ranges.index_range(family, 1, env.point)[:, np.newaxis]
        return (indices[0] == places).astype(float)
    return np.eye(len(env.model.ranges.index_range(family, 0, env.point)))[np.newaxis]
