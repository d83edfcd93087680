"""Points to try: kinds of values that keep logarithms and roots real, and what assumptions make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.model.point import Array, Point, margins

KINDS = ("real", "unit", "positive", "above_one", "large", "negative")


def points(
    model: Model,
    kind: str,
    assumptions: tuple[Assumption, ...],
    trials: range,
    samples: int,
    digits: int = 0,
    vanishing: bool = False,
) -> Iterator[Point]:
    """Random points of one kind, with the assumptions built in."""
    kinds = dict.fromkeys(model.positive, "positive") | dict.fromkeys(model.integers, "integer")
    kinds |= dict.fromkeys(model.fractions, "unit")
    if kind == "real":
        kinds = dict.fromkeys(model.inside_logarithms, "unit") | kinds
    for assumption in assumptions:
        if assumption.kind in ("sum", "nonnegative"):
            kinds[assumption.family] = "unit"
    values = (Assumption("values", name, each) for name, each in sorted(model.enumerated.items()))
    assumptions = (
        *values,
        *(Assumption("definite", name) for name in sorted(model.covariances)),
        *assumptions,
    )
    for trial in trials:
        sizes = model.ranges.draw_sizes(trial)
        for assumption in assumptions:
            _make_room(assumption, model, sizes)
        point = Point(7 * trial + 1, samples, sizes, kinds, kind, {}, digits, vanishing)
        for assumption in assumptions:
            point.changes[assumption.family] = _change(assumption, model, point)
        yield point


def _make_room(assumption: Assumption, model: Model, sizes: dict[int, int]) -> None:
    """A matrix with orthonormal columns has no more columns than rows; an orthogonal one is square."""
    if assumption.kind in ("orthogonal", "orthonormal") and model.rank(assumption.family) == 2:
        rows, columns = (model.shapes.lengths.find(model.shapes.slot(assumption.family, n)) for n in (0, 1))
        if sizes[rows] < sizes[columns]:
            sizes[rows], sizes[columns] = sizes[columns], sizes[rows]
        if assumption.kind == "orthogonal":
            sizes[columns] = sizes[rows]


def _change(assumption: Assumption, model: Model, point: Point) -> Callable[[Array], Array]:
    """What an assumption makes of a family's table."""
    ranges = [
        model.ranges.index_range(assumption.family, n, point) for n in range(model.rank(assumption.family))
    ]
    low = margins(len(ranges))[0]
    block = tuple(slice(values[0] - low, values[-1] - low + 1) for values in ranges)
    rng = np.random.default_rng(point.seed)

    def change(table: Array) -> Array:
        table = np.array(table, dtype=float)
        inner = table[(slice(None), *block)]
        table[(slice(None), *block)] = _CHANGES[assumption.kind](inner, assumption.values, rng)
        return table

    return change


def _to_sum(x: Array, values: tuple[float, ...], _: np.random.Generator) -> Array:
    if not values[0]:
        return x - x.mean(-1, keepdims=True)
    return x * values[0] / x.sum(-1, keepdims=True)


def _one_hot(x: Array, _: tuple[float, ...], rng: np.random.Generator) -> Array:
    hot = np.zeros_like(x)
    places = rng.integers(0, x.shape[-1], x.shape[:-1])
    np.put_along_axis(hot, places[..., np.newaxis], 1.0, axis=-1)
    return hot


def _orthogonal(x: Array, _: tuple[float, ...], __: np.random.Generator) -> Array:
    return np.linalg.qr(x)[0] if x.ndim > 2 else x  # what is read as a number is no matrix


def _definite(x: Array, _: tuple[float, ...], __: np.random.Generator) -> Array:
    if x.shape[-2] != x.shape[-1]:
        return x
    return x @ np.swapaxes(x, -1, -2) + 0.5 * np.eye(x.shape[-1])


def _projection(x: Array, _: tuple[float, ...], __: np.random.Generator) -> Array:
    """A projection onto all but one of the dimensions, along a direction that need not be orthogonal to them."""
    along, normal = x[..., :1], np.swapaxes(x[..., 1:2], -1, -2)
    return np.eye(x.shape[-1]) - along @ normal / (normal @ along)


_CHANGES: dict[str, Callable[[Array, tuple[float, ...], np.random.Generator], Array]] = {
    "sum": _to_sum,
    "nonnegative": lambda x, *_: np.abs(x),
    "one-hot": _one_hot,
    "values": lambda x, values, rng: rng.choice(np.array(values), x.shape),
    "diagonal": lambda x, *_: x * np.eye(*x.shape[-2:]),
    "symmetric": lambda x, *_: x + np.swapaxes(x, -1, -2),
    "definite": _definite,
    "idempotent": _projection,
    "orthogonal": _orthogonal,
    "orthonormal": _orthogonal,
    "unit": lambda x, *_: x / np.sqrt((x**2).sum(-1, keepdims=True)),
    "equal": lambda x, values, _: np.full_like(x, values[0]),
}
