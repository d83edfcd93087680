"""The value of a family at some indices: by its definition, from the point, or as the variable of a derivative."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.algebra import shape_of, transpose
from pminusy.proofread.checking.axes import components, rows_from_axes, with_axes
from pminusy.proofread.checking.dual import (
    Array,
    Dual,
    Value,
    add,
    divide,
    multiply,
    subtract,
    tangent,
    where,
    without,
)
from pminusy.proofread.checking.environment import Environment, Seed
from pminusy.proofread.checking.functions import FUNCTIONS, constant
from pminusy.proofread.checking.opaque import moved
from pminusy.proofread.checking.outcomes import realised
from pminusy.proofread.checking.tables import entries, hits
from pminusy.proofread.meaning.names.definitions import SQUARED, Meaning

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator


def family_value(family: str, indices: tuple[Array, ...], env: Environment, evaluator: Evaluator) -> Value:
    """A family at given indices; its other axes become rows and columns."""
    definitions = env.model.definitions
    if family not in definitions and family + SQUARED in definitions:
        return FUNCTIONS["sqrt"](family_value(family + SQUARED, indices, env, evaluator))
    if family in definitions:
        value = _defined(definitions[family], indices, env, evaluator)
    elif family in env.outcome:
        value = realised(family, indices, env, evaluator)
    else:
        value = entries(family, indices, env)
        if env.seeds and family in env.model.opaque:
            value = moved(family, value, indices, env, evaluator)
    value = as_variable(family, value, indices, env)
    is_row = family not in definitions and env.model.is_row(family, len(indices))
    return transpose(value) if is_row else value


def as_variable(family: str, value: Value, indices: tuple[Array, ...], env: Environment) -> Value:
    """The value of a family, moving by itself where a derivative is taken by it."""
    for seed in env.seeds:
        if seed.family == family:
            value = _moving(value, seed, indices, env)
    return value


def _defined(meaning: Meaning, indices: tuple[Array, ...], env: Environment, evaluator: Evaluator) -> Value:
    count = len(meaning.parameters)
    if len(indices) >= count:
        value = _body(meaning, indices[:count], env, evaluator)
        return components(value, indices[count:], env.model.ranges.first_index(meaning.family, count))
    ranges = [env.model.ranges.index_range(meaning.family, n, env.point) for n in range(len(indices), count)]
    places, inner = with_axes(ranges, env)
    value = _body(meaning, (*indices, *places), inner, evaluator)
    return rows_from_axes(value, env.level, places)


def _body(meaning: Meaning, indices: tuple[Array, ...], env: Environment, evaluator: Evaluator) -> Value:
    """The body with its parameters bound; outside the range of a recursion, a free value."""
    inside = _inside(meaning, indices, env) if meaning.family in env.model.recursive else None
    if inside is not None and not inside.any():
        return entries(meaning.family, indices, env)
    dynamic = env.model.dynamic[meaning.family]
    letters = {name: values for name, values in env.letters.items() if name in dynamic}
    letters |= dict(zip(meaning.parameters, indices, strict=True))
    value = evaluator.value(meaning.body, replace(env.deeper(), letters=letters, arguments=env.running))
    if inside is not None and not inside.all():
        value = where(inside, value, entries(meaning.family, indices, env))
    return value


def _inside(meaning: Meaning, indices: tuple[Array, ...], env: Environment) -> Array:
    inside: Array = np.ones((1, 1, 1), bool)
    for position, index in enumerate(indices):
        values = env.model.ranges.index_range(meaning.family, position, env.point)
        inside = inside & (index >= values[0]) & (index <= values[-1])
    return inside


def _moving(value: Value, seed: Seed, indices: tuple[Array, ...], env: Environment) -> Value:
    """The value as the variable of a derivative: it moves by itself, not through its definition."""
    rest = without(value, seed.tag)
    if seed.direction:
        moving: Value = entries(seed.family, indices, env, "d" + seed.family)
    else:
        hit: Value = hits(seed.family, indices, seed.indices, env)
        if shape_of(rest)[0] == 1 < shape_of(rest)[1] and shape_of(hit)[1] == 1:
            hit = transpose(hit)  # of what is defined as a row
        natural = tangent(value, seed.tag)  # of other entries, which may depend on the one in question
        moving = hit if natural is None else add(hit, multiply(subtract(constant(1), hit), natural))
    if seed.squared:
        moving = divide(moving, multiply(constant(2), rest))
    return add(rest, Dual(seed.tag, np.zeros((1, 1, 1)), moving))
