r"""The value of an expression in an environment: one rule for each kind of node."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pminusy.proofread.checking import algebra
from pminusy.proofread.checking.axes import components
from pminusy.proofread.checking.calls import call
from pminusy.proofread.checking.conditions import ORDERS, holds
from pminusy.proofread.checking.derivatives import derivative, differential
from pminusy.proofread.checking.dual import Array, Value, add, divide, multiply, negative, plain, where
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.evaluation_bars import between
from pminusy.proofread.checking.folds import fold
from pminusy.proofread.checking.functions import FUNCTIONS, constant, power
from pminusy.proofread.checking.integrals import integral
from pminusy.proofread.checking.limits import limit
from pminusy.proofread.checking.lookup import family_value
from pminusy.proofread.checking.partials import partial
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import SQUARED
from pminusy.proofread.meaning.names.primes import as_derivative
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Call,
    Cases,
    Component,
    Conjunction,
    Delta,
    Derivative,
    Differential,
    Divide,
    Fold,
    Group,
    Indicator,
    Inner,
    Integral,
    Limit,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Partial,
    Power,
    Relation,
    Symbol,
    Transpose,
    is_literal,
    is_pair,
)

MOST_VISITS = 10_000
MOST_MATRIX_POWERS = 12


class Evaluator:
    """Evaluates nodes; the rules call it back for what is below them. One evaluator does so much work and no more."""

    visits = 0

    def __init__(self, *, rough: bool = False) -> None:
        self.rough = rough  # whether integrals need only be right to some six digits
        self.ranges: dict[str, Array] = {}  # of random quantities
        self.switches: list[Array] | None = (
            None  # what decided between the pieces of functions, where it is asked for
        )

    def value(self, node: Node, env: Environment) -> Value:
        """The value of an expression."""
        self.spend(1)
        return _RULES[type(node)](self, node, env)

    def spend(self, visits: int) -> None:
        """Take note of work that is worth so many visits of a node."""
        self.visits += visits
        if self.visits > MOST_VISITS:
            raise Undecidable("the expanded definitions are too large to evaluate")

    def family(self, family: str, indices: tuple[Array, ...], env: Environment) -> Value:
        """The value of a family at indices."""
        return family_value(family, indices, env, self)

    def condition(self, node: Node, env: Environment) -> Array:
        """Where a condition holds."""
        return self.switch(holds(node, env, self))

    def switch(self, mask: Array) -> Array:
        """Take note of what decides between the pieces of a function."""
        if self.switches is not None:
            self.switches.append(mask)
        return mask

    def index(self, node: Node, env: Environment) -> Array:
        """The integer that an index is."""
        if isinstance(node, Symbol) and not node.indices:
            if node.name in env.letters:
                return env.letters[node.name]
            if node not in env.arguments and node.name in env.model.sizes:
                return np.full((1, 1, 1), env.model.ranges.size(node.name, env.point))
            integer = env.model.is_integer(node.name) and env.model.rank(node.name) == 0
            if node not in env.arguments and not integer:
                return np.full((1, 1, 1), env.model.label(node.name, env.point))
        value = np.rint(plain(self.value(node, env)).astype(float))
        if not np.all(np.isfinite(value)):
            raise Undecidable("an index that is not a number")
        return value.astype(int)

    def number(self, node: Node, env: Environment) -> Value:
        """The value of an expression that must be a number."""
        value = self.value(node, env)
        if not algebra.is_scalar(value):
            raise Undecidable("a vector where a number is expected")
        return value


def _number(_: Evaluator, node: Number, env: Environment) -> Value:
    if env.point.digits:
        import mpmath

        return np.full((1, 1, 1), mpmath.mpf(node.text), dtype=object)
    return constant(float(node.text))


def _symbol(self: Evaluator, node: Symbol, env: Environment) -> Value:
    if node in env.arguments:
        return env.arguments[node]
    if not node.indices:
        if node.name in env.letters:
            return env.letters[node.name].astype(float)
        if node.name in env.model.sizes:
            return constant(env.model.ranges.size(node.name, env.point))
        if (value := env.model.constant(node.name, env.point)) is not None:
            return value
    if node.name.endswith(("'", "}")) and (derived := _primed(node, env)) is not None:
        return self.value(derived, env)
    bare = Symbol(node.name)
    family, nodes = env.model.families.resolve(node)
    if bare in env.arguments and nodes:
        return components(env.arguments[bare], tuple(self.index(index, env) for index in nodes))
    return _at(self, family, nodes, env)


def _primed(node: Symbol, env: Environment) -> Node | None:
    """The derivative of a defined name that a primed or dotted one is; None where that is part of the name."""
    model = env.model
    if model.families.resolve(node)[0] in model.definitions:
        return None
    derivative = as_derivative(node, model.definitions, model.families)
    if derivative is None and node.applied and model.primed_by is not None:
        name = node.name.rstrip("'")
        base = Symbol(name, node.lower, node.upper)
        if model.families.resolve(base)[0] in model.definitions:
            return Derivative(base, (model.primed_by,) * (len(node.name) - len(name)), span=node.span)
    return derivative


def _at(self: Evaluator, family: str, nodes: tuple[Node, ...], env: Environment) -> Value:
    """A family at index expressions, of which `:` keeps its axis."""
    if Symbol(":") not in nodes:
        return self.family(family, tuple(self.index(node, env) for node in nodes), env)
    whole = self.family(family, (), env)
    if len(nodes) != 2 or algebra.shape_of(whole)[0] == 1:
        raise Undecidable("a colon in the indices of something that is not a matrix")
    if nodes[0] == Symbol(":") == nodes[1]:
        return whole
    place = self.index(nodes[1] if nodes[0] == Symbol(":") else nodes[0], env)
    return components(whole if nodes[1] == Symbol(":") else algebra.transpose(whole), (place,))


def _add(self: Evaluator, node: Add, env: Environment) -> Value:
    total = self.value(node.terms[0], env)
    literal = is_literal(node.terms[0])
    for term in node.terms[1:]:
        value = self.value(term, env)
        plain_number = (literal or is_literal(term)) and not env.model.units
        total, value = _with_identity(total, value, plain_number)
        if env.model.shapes.spread:
            total, value = algebra.spread(total, value)
            value, total = algebra.spread(value, total)
        algebra.aligned(total, value)
        total = add(total, value)
        literal = literal and is_literal(term)
    return total


def _with_identity(a: Value, b: Value, literal: bool) -> tuple[Value, Value]:
    r"""In `K + \lambda` with a square matrix K, the number stands for a multiple of the identity."""
    for first, second, swapped in ((a, b, False), (b, a, True)):
        rows, columns = algebra.shape_of(first)
        if rows == columns > 1 and algebra.is_scalar(second) and not literal:
            whole = multiply(second, algebra.eye(rows))
            return (whole, first) if swapped else (first, whole)
    return a, b


def _multiply(self: Evaluator, node: Multiply, env: Environment) -> Value:
    product = self.value(node.factors[0], env)
    for sign, factor in zip(node.signs, node.factors[1:], strict=True):
        product = algebra.product(product, self.value(factor, env), sign)
    return product


def _divide(self: Evaluator, node: Divide, env: Environment) -> Value:
    above, below = self.value(node.numerator, env), self.value(node.denominator, env)
    algebra.aligned(above, below)
    return divide(above, below)


def _power(self: Evaluator, node: Power, env: Environment) -> Value:
    if isinstance(node.base, Symbol) and node.exponent == Number("2"):
        family, nodes = env.model.families.resolve(node.base)
        if family + SQUARED in env.model.definitions and node.base not in env.arguments:
            return _at(self, family + SQUARED, nodes, env)
    base = self.value(node.base, env)
    exponent = self.value(node.exponent, env)
    rows, columns = algebra.shape_of(base)
    if rows == columns > 1:
        wanted = plain(exponent)
        if wanted.dtype == complex or not np.all(wanted == np.rint(wanted.astype(float))):
            if wanted.size > 1:
                raise Undecidable("powers of a matrix to an exponent that is no integer")
            return power(base, exponent)
        return _matrix_powers(base, wanted.astype(int))
    return power(base, exponent)


def _matrix_powers(base: Value, exponents: Array) -> Value:
    """A square matrix to integer powers, which may vary with indices and samples."""
    found: Value | None = None
    for exponent in np.unique(exponents):
        value = _matrix_power(base, int(exponent))
        found = value if found is None else where(exponents == exponent, value, found)
    assert found is not None
    return found


def _matrix_power(base: Value, exponent: int) -> Value:
    if abs(exponent) > MOST_MATRIX_POWERS:
        raise Undecidable(f"a matrix to the power {exponent}")
    if exponent == 0:
        return algebra.eye(algebra.shape_of(base)[0])
    result = factor = algebra.inverse(base) if exponent < 0 else base
    for _ in range(abs(exponent) - 1):
        result = algebra.matmul(result, factor)
    return result


def _cases(self: Evaluator, node: Cases, env: Environment) -> Value:
    value: Value = constant(np.nan)
    for branch in reversed(node.branches):
        chosen = self.value(branch.value, env)
        condition = branch.condition
        value = chosen if condition is None else where(self.condition(condition, env), chosen, value)
    return value


def _inner(self: Evaluator, node: Inner, env: Environment) -> Value:
    left, right = self.value(node.left, env), self.value(node.right, env)
    algebra.aligned(left, right)
    return algebra.total(multiply(left, right))


def _norm(self: Evaluator, node: Norm, env: Environment) -> Value:
    body = self.value(node.body, env)
    rows, columns = algebra.shape_of(body)
    if (rows, columns) == (1, 1):
        self.switch(np.asarray(plain(body) > 0))
        return FUNCTIONS["abs"](body)
    if node.bar == "|" and rows == columns:
        return algebra.determinant(body)
    order = node.order
    if order is None or order in (Number("2"), Symbol("F")):
        return algebra.norm(body, None)
    if order == Number("1"):
        return algebra.norm(body, 1)
    raise Undecidable("a norm other than that of order 1 or 2")


def _delta(self: Evaluator, node: Delta, env: Environment) -> Value:
    return (self.index(node.left, env) == self.index(node.right, env)).astype(float)


def _matrix(self: Evaluator, node: Matrix, env: Environment) -> Value:
    if len({len(row) for row in node.rows}) != 1:
        raise Undecidable("a matrix with rows of different lengths")
    if is_pair(node):
        left, right = (self.value(row[0], env) for row in node.rows)
        if not algebra.is_scalar(left) and not algebra.is_scalar(right):
            algebra.aligned(left, right)
            return algebra.total(multiply(left, right))
    value = algebra.stacked([[self.number(entry, env) for entry in row] for row in node.rows])
    return algebra.determinant(value) if node.fence == "vmatrix" else value


def _indicator(self: Evaluator, node: Indicator, env: Environment) -> Value:
    """1 where the condition holds, entry by entry where it compares a vector with a vector or a number."""
    condition = node.condition
    if isinstance(condition, Relation) and condition.operator in ORDERS:
        sides = condition.left, condition.right
        if not any(isinstance(side, Symbol) and env.model.is_letter(side.name) for side in sides):
            left, right = (plain(self.value(side, env)) for side in sides)
            if not algebra.is_scalar(left) or not algebra.is_scalar(right):
                algebra.aligned(left, right)
                return self.switch(ORDERS[condition.operator](left, right)).astype(float)
    return self.condition(condition, env).astype(float)


def _component(self: Evaluator, node: Component, env: Environment) -> Value:
    return components(self.value(node.body, env), tuple(self.index(index, env) for index in node.indices))


_RULES: dict[type[Node], Callable[..., Value]] = {
    Number: _number,
    Symbol: _symbol,
    Group: lambda self, node, env: self.value(node.body, env),
    Negative: lambda self, node, env: negative(self.value(node.body, env)),
    Add: _add,
    Multiply: _multiply,
    Divide: _divide,
    Power: _power,
    Transpose: lambda self, node, env: algebra.transpose(self.value(node.body, env)),
    Call: call,
    Component: _component,
    Fold: fold,
    Derivative: derivative,
    Differential: differential,
    Partial: partial,
    Delta: _delta,
    Indicator: _indicator,
    Relation: lambda self, node, env: self.condition(node, env).astype(float),
    Conjunction: lambda self, node, env: self.condition(node, env).astype(float),
    Cases: _cases,
    Inner: _inner,
    Integral: integral,
    Between: between,
    Limit: limit,
    Norm: _norm,
    Matrix: _matrix,
}
