r"""Derivatives by seeding an ε at the variable and reading it off the result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.algebra import product, shape_of, transpose
from pminusy.proofread.checking.axes import rows_from_axes, with_axes
from pminusy.proofread.checking.dual import Array, Dual, Value, linear, negative, tangent
from pminusy.proofread.checking.environment import Environment, Seed
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Differential,
    Group,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    Transpose,
)

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator


def derivative(evaluator: Evaluator, node: Derivative, env: Environment) -> Value:
    """The derivative by the first variable of that by the others."""
    if not node.variables:
        return evaluator.value(node.body, env)
    variable = node.variables[0]
    inner = node.body
    if len(node.variables) > 1:
        inner = Derivative(node.body, node.variables[1:], node.form, node.mark)
    while isinstance(variable, Group):
        variable = variable.body
    if isinstance(variable, Power) and variable.exponent == Negative(Number("1")):
        return _by_inverse(evaluator, inner, variable.base, env)
    if isinstance(variable, Transpose):
        return transpose(_by_symbol(evaluator, inner, variable.body, env))
    return _by_symbol(evaluator, inner, variable, env)


def _by_inverse(evaluator: Evaluator, body: Node, base: Node, env: Environment) -> Value:
    """The derivative of a number by A⁻¹, which is −Aᵀ G Aᵀ for its derivative G by A."""
    slope, matrix = _by_symbol(evaluator, body, base, env), evaluator.value(base, env)
    if shape_of(slope) != shape_of(matrix):
        raise Undecidable("the derivative of a vector by an inverse")
    turned = matrix if env.layout.matrix == "numerator" else transpose(matrix)
    return negative(product(product(turned, slope, ""), turned, ""))


def _by_symbol(evaluator: Evaluator, body: Node, variable: Node, env: Environment) -> Value:
    squared = isinstance(variable, Power) and variable.exponent == Number("2")
    if isinstance(variable, Power) and squared:
        variable = variable.base
    if isinstance(variable, Call):
        variable = variable.function
    if variable == Symbol(""):
        variable = env.model.own_variable(body)
    if not isinstance(variable, Symbol):
        raise Undecidable("a derivative with respect to something that is not a symbol")
    if variable in env.arguments:
        return _by_argument(evaluator, body, variable, env)
    family, nodes = env.model.variable_family(variable, squared)
    env = replace(env, model=env.model.seen_through(body, family))
    given = tuple(evaluator.index(node, env) for node in nodes)
    ranges = [
        env.model.ranges.index_range(family, n, env.point)
        for n in range(len(given), env.model.axis_count(family))
    ]
    if len(ranges) > 2:
        raise Undecidable("a derivative with respect to something with more than two axes")
    places, inner = with_axes(ranges, env)
    tag = env.next_tag()
    seed = Seed(tag, family, (*given, *places), squared and not env.model.is_squared(family))
    value = evaluator.value(body, inner.with_seed(seed))
    return _laid_out(tangent_of(value, tag), value, env, places, env.model.is_row(family, len(given)))


def _by_argument(evaluator: Evaluator, body: Node, variable: Symbol, env: Environment) -> Value:
    tag = env.next_tag()
    moving = env.arguments[variable]
    sizes = shape_of(moving)
    ranges = [np.arange(1, size + 1) for size in sizes if size > 1]
    places, inner = with_axes(ranges, env)
    there: Value = Dual(tag, moving, _entry_at(places, sizes))
    inner = replace(inner, arguments={**inner.arguments, variable: there})
    if variable in env.running:
        inner = inner.running_over(variable, there)
    value = evaluator.value(body, inner.with_seed(Seed(tag, "", ())))
    return _laid_out(tangent_of(value, tag), value, env, places, sizes[0] == 1 < sizes[1])


def _entry_at(places: tuple[Array, ...], sizes: tuple[int, int]) -> Array:
    """Ones at the entries of a vector or matrix that the places say."""
    found, rest = np.ones((1, 1, 1)), list(places)
    for size, shape in zip(sizes, ((-1, 1), (1, -1)), strict=True):
        if size > 1:
            found = found * (rest.pop(0) == np.arange(1, size + 1).reshape(shape))
    return found


def tangent_of(value: Value, tag: int) -> Value:
    """How a value moves; zeros where it does not."""
    moving = tangent(value, tag)
    if moving is None:
        rows, columns = shape_of(value)
        return np.zeros((1, rows, columns))
    return moving


def _laid_out(
    moving: Value, value: Value, env: Environment, places: tuple[Array, ...], is_row: bool
) -> Value:
    """The variable's axes as rows and columns, in the page's layout; `is_row` where the variable is a row vector."""
    if not places:
        return moving
    rows, columns = shape_of(value)
    if (rows, columns) == (1, 1):
        result = rows_from_axes(moving, env.level, places)
        one = len(places) == 1
        turned = (env.layout.gradient == "row") != is_row if one else env.layout.matrix == "numerator"
        return transpose(result) if turned else result
    if len(places) > 1 or (rows > 1 and columns > 1):
        raise Undecidable("a derivative with more than two axes")
    moving = linear(lambda x: np.broadcast_to(x, (*x.shape[:-2], rows, columns)), moving)
    by_rows = rows_from_axes(moving, env.level, places)  # rows: the variable's entries
    return by_rows if env.layout.jacobian == "denominator" else transpose(by_rows)


def differential(evaluator: Evaluator, node: Differential, env: Environment) -> Value:
    """How a quantity moves when everything whose differential the page mentions moves at random."""
    tag = env.next_tag()
    seeds = tuple(Seed(tag, family, (), direction=True) for family in env.model.moving)
    return tangent_of(evaluator.value(node.body, replace(env, seeds=(*env.seeds, *seeds))), tag)
