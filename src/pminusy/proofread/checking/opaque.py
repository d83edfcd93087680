"""Quantities that the page does not define, only their derivatives: they move with what they depend on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.algebra import shape_of, total
from pminusy.proofread.checking.axes import axis, rows_from_axes, summed_all, with_axes
from pminusy.proofread.checking.dual import (
    Array,
    Value,
    add,
    multiply,
    plain,
    square,
    subtract,
    where,
)
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import Rule

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator


def moved(
    family: str, value: Value, indices: tuple[Array, ...], env: Environment, evaluator: Evaluator
) -> Value:
    """The free value of such a quantity plus what it gains as its variables move.

    A given derivative g contributes g·(v − v₀); where none is given, a random smooth function of the variables does.
    """
    for rule in env.model.rules_of(family):
        if len({seed.tag for seed in env.seeds}) > 1:
            raise Undecidable(f"a second derivative of {family}, which the text does not define")
        value = add(value, _by_rule(rule, indices, env, evaluator))
    sinks = env.model.sinks_of(family)
    lengths = _lengths(family, env)
    places, inner = with_axes([np.arange(1, n + 1) for n in lengths[len(indices) :]], env)
    for sink in sinks:
        by_index = _lengths(sink, env)[: len(lengths)] == lengths
        gained = (_generic if by_index else _generic_of_all)(sink, (*indices, *places), inner, evaluator)
        gained = rows_from_axes(subtract(gained, plain(gained)), env.level, places)
        value = _sum(family, value, gained)
    return value


def _lengths(family: str, env: Environment) -> list[int]:
    """How many values each axis of a family has."""
    return [
        len(env.model.ranges.index_range(family, n, env.point)) for n in range(env.model.axis_count(family))
    ]


def _sum(family: str, value: Value, gained: Value) -> Value:
    try:
        return add(value, gained)
    except ValueError:  # from NumPy
        raise Undecidable(f"the indices of {family} do not match those of its arguments") from None


def _by_rule(rule: Rule, indices: tuple[Array, ...], env: Environment, evaluator: Evaluator) -> Value:
    letters = dict(zip(rule.rows, indices, strict=False))
    mask: Array = np.ones((1, 1, 1), bool)
    places, inner = list[Array](), env
    for position, name in enumerate(rule.columns):
        values = axis(env.model.ranges.index_range(rule.variable, position, env.point), inner.level)
        inner = inner.with_letter(f"·{inner.level}", values)
        places.append(values)
        if name in letters:
            mask = mask & (letters[name] == values)
        letters.setdefault(name, values)
    variable = evaluator.family(rule.variable, tuple(places), inner)
    still = replace(inner, letters={**env.letters, **letters}, seeds=())
    if rule.condition is not None:
        mask = mask & evaluator.condition(rule.condition, still)
    slope = where(mask, evaluator.value(rule.body, still), constant(0))
    term = multiply(slope, subtract(variable, plain(variable)))
    return summed_all(total(term) if shape_of(term) != (1, 1) else term, env.level, places)


def _generic(sink: str, indices: tuple[Array, ...], env: Environment, evaluator: Evaluator) -> Value:
    """A random smooth function of all entries of a family; of a quantity with indices, of the entries at these."""
    model = env.model
    ranges = [
        model.ranges.index_range(sink, n, env.point) for n in range(len(indices), model.index_count(sink))
    ]
    places, inner = with_axes(ranges, env)
    value = evaluator.family(sink, (*indices, *places), inner)
    rows, columns = shape_of(value)
    rng = np.random.default_rng([env.point.seed, rows, columns, len(places)])
    shape = (*(len(p) for p in reversed(places)), *(1,) * (env.level + 1), rows, columns)
    weights = rng.uniform(0.3, 1.7, shape) * rng.choice([-1.0, 1.0], shape)
    curved = multiply(weights, add(value, multiply(constant(0.3), square(value))))
    return summed_all(total(curved), env.level, places)


def _generic_of_all(sink: str, indices: tuple[Array, ...], env: Environment, evaluator: Evaluator) -> Value:
    """A smooth function of all entries of a family, a different one at each of some indices."""
    ranges = [env.model.ranges.index_range(sink, n, env.point) for n in range(env.model.axis_count(sink))]
    places, inner = with_axes(ranges, env)
    value = evaluator.family(sink, places, inner)
    rng = np.random.default_rng([env.point.seed, len(indices), len(places)])
    angle: Array = np.zeros((1, 1, 1))
    for position in (*indices, *places):
        angle = angle + rng.uniform(0.5, 2.5) * position
    curved = multiply(1.5 + np.sin(angle), add(value, multiply(constant(0.3), square(value))))
    return summed_all(curved, env.level, places)
