"""One rule for each kind of node: its shape by those of what is below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.names.definitions import ONES, own_variable
from pminusy.proofread.meaning.shapes.shape import SCALAR, Scope, Shape
from pminusy.proofread.meaning.shapes.symbol_shapes import call, components, symbol
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

if TYPE_CHECKING:
    from pminusy.proofread.meaning.shapes.shapes import Shapes

COUNTS = frozenset(["n", "N", "m", "M", "d", "D", "K", "k", "C", "T", "B", "H", "p"])


def _add(self: Shapes, node: Add, scope: Scope) -> Shape:
    shape, literal = self.of(node.terms[0], scope), is_literal(node.terms[0])
    for term in node.terms[1:]:
        free = literal or is_literal(term)
        shape = self.broadcast(shape, self.of(term, scope), free)
        literal = literal and is_literal(term)
    return shape


def _mean(self: Shapes, divisor: Node, fold: Node) -> None:
    r"""`\frac{1}{d} \sum_j …` says that d is the number of terms, where the sum has no limits of its own."""
    while isinstance(divisor, Divide | Group):
        divisor = divisor.denominator if isinstance(divisor, Divide) else divisor.body
    if isinstance(divisor, Multiply):
        divisor = divisor.factors[-1]
    if (
        isinstance(divisor, Symbol)
        and isinstance(fold, Fold)
        and len(fold.bindings) == 1
        and fold.bindings[0].high is None
        and fold.condition is None
    ):
        length = self.letter_in(fold.bindings[0].index.name, fold.body)
        if length is not None:
            _count(self, divisor, length)


def _count(self: Shapes, divisor: Symbol, length: int) -> None:
    """A number that is called as counts are is a length, unless it is known to be another."""
    known = divisor.name in self.definitions or divisor.name in self.variables
    if not divisor.indices and divisor.name in COUNTS and not known:
        self.limits.setdefault(divisor.name, length)


def _multiply(self: Shapes, node: Multiply, scope: Scope) -> Shape:
    for before, after in zip(node.factors[:-1], node.factors[1:], strict=True):
        if isinstance(before, Divide):
            _mean(self, before, after)
            if after == Symbol(ONES) and isinstance(before.denominator, Symbol):
                _count(self, before.denominator, self.slot(ONES, 0))
    shape = self.of(node.factors[0], scope)
    for sign, factor in zip(node.signs, node.factors[1:], strict=True):
        shape = _product(self, shape, self.of(factor, scope), sign)
    return shape


def _product(self: Shapes, a: Shape, b: Shape, sign: str) -> Shape:
    if sign == ":·":
        self.join(a, b)
        return SCALAR
    if self.is_scalar(a) or self.is_scalar(b):
        if sign == r"\odot" and self.is_scalar(a) and self.is_scalar(b):
            self.strain += 2
        return b if self.is_scalar(a) else a
    find = self.lengths.find
    if sign in (r"\odot", "*", r"\times"):
        return self.join(a, b)
    if sign == r"\cdot" and (find(a[1]) == 0 == find(b[1]) or find(a[0]) == 0 == find(b[0])):
        self.join(a, b)
        return SCALAR
    if sign == r"\otimes" and find(a[1]) == 0 == find(b[1]):
        return a[0], b[0]
    if sign == r"\otimes":
        return _longer(self, a[0], b[0]), _longer(self, a[1], b[1])
    if (find(a[1]) == 0) != (find(b[0]) == 0):
        raise ShapeError("a product of incompatible shapes")
    self.lengths.join(a[1], b[0])
    return a[0], b[1]


def _longer(self: Shapes, a: int, b: int) -> int:
    """The length of a Kronecker product's axis."""
    if self.lengths.find(a) == 0 or self.lengths.find(b) == 0:
        return b if self.lengths.find(a) == 0 else a
    return self.lengths.new()


def _power(self: Shapes, node: Power, scope: Scope) -> Shape:
    base, exponent = self.of(node.base, scope), self.of(node.exponent, scope)
    if self.is_scalar(base):
        return exponent
    if self.lengths.find(base[1]) != 0 and is_literal(node.exponent):
        if not self.lengths.same(*base) and node.exponent != Negative(Number("1")):
            self.strain += 1
            return base
        self.lengths.join(*base)
        return base
    self.strain += 2
    return base


def _fold(self: Shapes, node: Fold, scope: Scope) -> Shape:
    for binding in node.bindings:
        scope = self.bind(binding, scope)
    shape = self.of(node.body, scope)
    if node.kind in ("column", "row"):
        length = scope.letters[node.bindings[0].index.name]
        return (length, shape[1]) if node.kind == "column" else (shape[0], length)
    return shape


def _derivative(self: Shapes, node: Derivative, scope: Scope) -> Shape:
    shape = self.of(node.body, scope)
    for variable in node.variables:
        by = self.of(_own_variable(self, node.body) if variable == Symbol("") else variable, scope)
        if self.is_scalar(by):
            if node.form == "nabla":
                self.strain += 0.5
            continue
        shape = by if self.is_scalar(shape) else (_entry_count(self, shape), _entry_count(self, by))
    return shape


def _entry_count(self: Shapes, shape: Shape) -> int:
    """How many entries a column or row has."""
    own = [length for length in shape if self.lengths.find(length) != 0]
    if len(own) > 1:
        raise ShapeError("a derivative with more than two axes")
    return own[0]


def _partial(self: Shapes, node: Partial, scope: Scope) -> Shape:
    if not all(self.is_scalar(self.of(argument, scope)) for argument in node.arguments):
        raise ShapeError("a partial derivative at vectors")
    return SCALAR if node.by else (_fixed(self, len(node.arguments)), 0)


def _fixed(self: Shapes, count: int) -> int:
    """A length of so many entries."""
    length = self.lengths.new()
    self.lengths.fix(length, count)
    return length


def _own_variable(self: Shapes, body: Node) -> Node:
    r"""The variable of `\nabla L`: what L is a function of."""
    return own_variable(body, self.definitions, self.families) or Number("0")


def _inner(self: Shapes, node: Inner, scope: Scope) -> Shape:
    left, right = self.of(node.left, scope), self.of(node.right, scope)
    if self.is_scalar(left) and self.is_scalar(right):
        self.strain += 2
    self.join(left, right)
    return SCALAR


def _integral(self: Shapes, node: Integral, scope: Scope) -> Shape:
    for limit in (node.low, node.high):
        if limit is not None and not self.is_scalar(self.of(limit, scope)):
            raise ShapeError("a vector as the limit of an integral")
    return self.of(node.body, replace(scope, arguments={**scope.arguments, node.variable: SCALAR}))


def _cases(self: Shapes, node: Cases, scope: Scope) -> Shape:
    shape = self.of(node.branches[0].value, scope)
    for branch in node.branches[1:]:
        shape = self.broadcast(shape, self.of(branch.value, scope), free=True)
    return shape


def _norm(self: Shapes, node: Norm, scope: Scope) -> Shape:
    if self.is_scalar(self.of(node.body, scope)) and node.bar != "|":
        self.strain += 2
    return SCALAR


def _matrix(self: Shapes, node: Matrix, scope: Scope) -> Shape:
    if is_pair(node):
        left, right = (self.of(row[0], scope) for row in node.rows)
        if not self.is_scalar(left) and not self.is_scalar(right):
            self.join(left, right)
            return SCALAR
    for row in node.rows:
        for entry in row:
            if not self.is_scalar(self.of(entry, scope)):
                raise ShapeError("a vector as the entry of a matrix")
    rows, columns = (_fixed(self, n) if n > 1 else 0 for n in (len(node.rows), len(node.rows[0])))
    return rows, columns


def _transpose(self: Shapes, node: Transpose, scope: Scope) -> Shape:
    shape = self.of(node.body, scope)
    if self.is_scalar(shape):
        self.strain += 3
    return shape[1], shape[0]


def _divide(self: Shapes, node: Divide, scope: Scope) -> Shape:
    if isinstance(node.numerator, Fold):
        _mean(self, node.denominator, node.numerator)
    above, below = self.of(node.numerator, scope), self.of(node.denominator, scope)
    if not self.is_scalar(below):
        self.strain += 1
        return below if self.is_scalar(above) else self.join(above, below)
    return above


def _component(self: Shapes, node: Component, scope: Scope) -> Shape:
    return components(self, self.of(node.body, scope), node.indices, scope)


def _indicator(self: Shapes, node: Indicator, scope: Scope) -> Shape:
    """That of what the condition compares, entry by entry: of z in `1[z > 0]`."""
    condition = node.condition
    if not isinstance(condition, Relation) or condition.operator not in ("<", ">", r"\le", r"\ge"):
        return SCALAR
    return self.broadcast(self.of(condition.left, scope), self.of(condition.right, scope), free=True)


def _delta(self: Shapes, node: Delta, scope: Scope) -> Shape:
    sides = [side for side in (node.left, node.right) if isinstance(side, Symbol) and not side.indices]
    if len(sides) == 2:
        self.lengths.join(self.letter(sides[0].name, scope), self.letter(sides[1].name, scope))
    return SCALAR


RULES: dict[type[Node], Callable[..., Shape]] = {
    Number: lambda *_: SCALAR,
    Symbol: symbol,
    Group: lambda self, node, scope: self.of(node.body, scope),
    Negative: lambda self, node, scope: self.of(node.body, scope),
    Differential: lambda self, node, scope: self.of(node.body, scope),
    Partial: _partial,
    Add: _add,
    Multiply: _multiply,
    Divide: _divide,
    Power: _power,
    Transpose: _transpose,
    Call: call,
    Component: _component,
    Fold: _fold,
    Derivative: _derivative,
    Delta: _delta,
    Indicator: _indicator,
    Relation: lambda *_: SCALAR,
    Conjunction: lambda *_: SCALAR,
    Cases: _cases,
    Inner: _inner,
    Integral: _integral,
    Between: lambda self, node, scope: self.of(node.body, scope),
    Limit: lambda self, node, scope: self.of(node.body, scope),
    Norm: _norm,
    Matrix: _matrix,
}
