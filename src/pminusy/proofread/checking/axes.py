"""Index letters as array axes: new ones, sums over them, and their exchange with rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pminusy.proofread.checking.algebra import shape_of
from pminusy.proofread.checking.dual import Array, Value, linear
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.meaning.model.undecidable import Undecidable


def axis(values: Array, level: int) -> Array:
    """Index values along a new leftmost axis, `level` axes being there already."""
    return values.reshape((len(values),) + (1,) * (level + 3))


def with_axes(ranges: Sequence[Array], env: Environment) -> tuple[tuple[Array, ...], Environment]:
    """New axes without letters, one for each range, and the environment that has them."""
    places = []
    for values in ranges:
        places.append(axis(values, env.level))
        env = env.with_letter(f"·{env.level}", places[-1])
    return tuple(places), env


def summed(value: Value, level: int, n: int) -> Value:
    """The sum over the axis that was the newest at `level`; what does not vary along it counts n times."""
    return linear(
        lambda x: x.sum(0) if has_axis(x, level) and x.shape[0] == n else at_place(x, level, 0) * n, value
    )


def has_axis(x: Array, level: int) -> bool:
    """Whether an array has the axis that was the newest at `level`, be it of length 1."""
    return x.ndim == level + 4


def at_place(x: Array, level: int, k: int) -> Array:
    """The array at one place along that axis."""
    return x[k if len(x) > 1 else 0] if has_axis(x, level) else x


def summed_all(value: Value, level: int, places: Sequence[Array]) -> Value:
    """The sum over all axes from `level` on."""
    for position in reversed(range(len(places))):
        value = summed(value, level + position, len(places[position]))
    return value


def rows_from_axes(value: Value, level: int, places: Sequence[Array]) -> Value:
    """The axes from `level` on made rows and columns."""
    sizes = tuple(len(p) for p in places)
    if not sizes:
        return value
    rows, columns = shape_of(value)
    if len(sizes) + (rows > 1) + (columns > 1) > 2:
        raise Undecidable("a quantity with more than two axes")

    def move(x: Array) -> Array:
        ndim = level + len(sizes) + 3
        x = x.reshape((1,) * (ndim - x.ndim) + x.shape)
        x = np.broadcast_to(x, (*reversed(sizes), *x.shape[len(sizes) :]))
        if len(sizes) == 2:
            return np.moveaxis(x[..., 0, 0], (0, 1), (-1, -2))
        vector = x[..., 0] if rows > 1 or x.shape[-2] > 1 else x[..., 0, :]
        return np.moveaxis(vector, 0, -2)

    return linear(move, value)


def components(value: Value, indices: tuple[Array, ...], start: int = 1) -> Value:
    """Entries of a vector or matrix; with one index of a matrix, its row as a column."""
    if not indices:
        return value
    rows, columns = shape_of(value)
    if rows == 1 and columns > 1 and len(indices) == 1:
        value, rows, columns = linear(_swapped, value), columns, rows
    places = np.arange(start, start + rows)[:, np.newaxis]
    row = (indices[0] == places).astype(float)
    value = linear(lambda x: (x * row).sum(-2, keepdims=True), value)
    if len(indices) == 2:
        column = (indices[1] == np.arange(start, start + columns)[np.newaxis, :]).astype(float)
        return linear(lambda x: (x * column).sum(-1, keepdims=True), value)
    return linear(_swapped, value) if columns > 1 else value


def _swapped(x: Array) -> Array:
    return np.swapaxes(x, -1, -2)
