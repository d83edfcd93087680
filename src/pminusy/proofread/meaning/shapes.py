r"""Shapes by unification: which lengths must be equal for the formulas of a page to make sense.

A shape is (rows, columns) as classes of `Dimensions`; a number is (ONE, ONE), a vector a column. What is odd but can be
meant (a transposed number, a vector plus a number) counts as `strain`; what cannot be raises `ShapeError`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.definitions import ONES, SQUARED, Meaning, own_variable
from pminusy.proofread.meaning.dimensions import Dimensions
from pminusy.proofread.meaning.families import Families
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Call,
    Cases,
    Component,
    Delta,
    Derivative,
    Differential,
    Divide,
    Fold,
    Group,
    Indicator,
    Inner,
    Integral,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transpose,
    is_literal,
    walk,
)

Shape: TypeAlias = tuple[int, int]
SCALAR: Shape = (Dimensions.ONE, Dimensions.ONE)
TO_SCALAR = frozenset(["tr", "det", "logsumexp", "rank"])
COUNTS = frozenset(["n", "N", "m", "M", "d", "D", "K", "k", "C", "T", "B", "H", "p"])
CONSTANT_NAMES = frozenset([r"\pi", r"\infty"])


@dataclass
class Scope:
    """Index letters with their lengths, and arguments of functions with their shapes.

    `home` is where a letter goes that is bound nowhere.
    """

    letters: dict[str, int]
    arguments: dict[Symbol, Shape] = field(default_factory=dict)
    home: dict[str, int] = field(default_factory=dict)

    def with_letter(self, name: str, length: int) -> Scope:
        """The scope inside a sum over that letter."""
        return Scope({**self.letters, name: length}, self.arguments, self.home)


class Shapes:
    """The shapes of a page's families for one choice of ranks.

    Parameters
    ----------
    families : Families
    definitions : dict of str to Meaning
    ranks : dict of str to int
        Slots of each family without definition: its indices, and beyond them the axes of its value.
    numbers : frozenset of str
        Functions without definition whose value is a number, such as a loss.
    """

    def __init__(
        self,
        families: Families,
        definitions: dict[str, Meaning],
        ranks: dict[str, int],
        numbers: frozenset[str] = frozenset(),
    ) -> None:
        self.numbers = numbers
        self.families, self.definitions, self.ranks = families, definitions, ranks
        self.lengths = Dimensions()
        self.slots: dict[tuple[str, int], int] = {}
        self.values: dict[str, Shape] = {}
        self.limits: dict[str, int] = {}
        self.strain = 0.0
        self.misfits = 0
        self.dynamic: dict[str, int] = {}
        self.zero_based: set[int] = set()
        self.computed: dict[int, Node] = {}
        self.squares: frozenset[str] = frozenset()
        self._open: list[str] = []

    def note_squares(self) -> None:
        """Remember which matrices are square by what was seen so far: the definitions and what is asked."""
        self.squares = frozenset(
            name
            for name, rank in self.ranks.items()
            if rank == 2 and self.lengths.same(self.slot(name, 0), self.slot(name, 1))
        )

    def slot(self, family: str, position: int) -> int:
        """The length of an index slot."""
        if (family, position) not in self.slots:
            self.slots[family, position] = self.lengths.new()
        return self.slots[family, position]

    def value_of(self, family: str) -> Shape:
        """The shape of a defined family's body."""
        if family not in self.values:
            if family in self._open:
                return SCALAR
            meaning = self.definitions[family]
            self._open.append(family)
            letters = {name: self.slot(family, n) for n, name in enumerate(meaning.parameters)}
            try:
                self.values[family] = self.of(meaning.body, Scope(letters, {}, self.dynamic))
            finally:
                self._open.pop()
        return self.values[family]

    def of(self, node: Node, scope: Scope) -> Shape:
        """The shape of an expression."""
        return _RULES[type(node)](self, node, scope)

    def is_scalar(self, shape: Shape) -> bool:
        """Whether it is the shape of a number."""
        return self.lengths.find(shape[0]) == 0 and self.lengths.find(shape[1]) == 0

    def join(self, a: Shape, b: Shape) -> Shape:
        """One shape for both sides."""
        self.lengths.join(a[0], b[0])
        self.lengths.join(a[1], b[1])
        return a

    def broadcast(self, a: Shape, b: Shape, free: bool = False) -> Shape:
        """The shape of a + b, where a number is added to every entry."""
        if self.is_scalar(a) or self.is_scalar(b):
            if self.is_scalar(a) != self.is_scalar(b) and not free:
                self.strain += 1
            return b if self.is_scalar(a) else a
        return self.join(a, b)

    def index(self, node: Node, length: int, scope: Scope) -> None:
        """An index in a slot of that length."""
        if isinstance(node, Symbol) and not node.indices:
            if node.name == ":":
                return
            if node not in scope.arguments:
                self.lengths.join(self.letter(node.name, scope), length)
            return
        if isinstance(node, Add):
            letters = [term for term in node.terms if isinstance(term, Symbol) and not term.indices]
            if len(letters) == 1 and all(isinstance(_unsigned(term), Symbol | Number) for term in node.terms):
                self.lengths.join(self.letter(letters[0].name, scope), length)
                return
        if not isinstance(node, Number | Add):
            self.of(node, scope)

    def letter_in(self, letter: str, node: Node) -> int | None:
        """The length of a slot in which a letter stands."""
        for each in walk(node):
            if isinstance(each, Symbol):
                family, indices = self.families.resolve(each)
                if Symbol(letter) in indices:
                    return self.slot(family, indices.index(Symbol(letter)))
        return None

    def letter(self, name: str, scope: Scope) -> int:
        """The length of what an index letter runs over."""
        if name in scope.letters:
            return scope.letters[name]
        if name not in scope.home:
            scope.home[name] = self.lengths.new()
        return scope.home[name]

    def bind(self, binding: Binding, scope: Scope) -> Scope:
        """The scope with a sum's index in it."""
        length = self.lengths.new()
        high = binding.high
        if isinstance(high, Add):
            for term in high.terms:
                inner = term.body if isinstance(term, Negative) else term
                if isinstance(inner, Symbol) and not inner.indices and inner.name not in scope.letters:
                    self.limits.setdefault(inner.name, self.lengths.new())
        if isinstance(high, Symbol) and not high.indices and high.name != r"\infty":
            self.lengths.join(self.limits.setdefault(high.name, length), length)
        if isinstance(high, Add):
            if binding.low == Number("0"):
                self.zero_based.add(length)
                if (name := _last_of(high)) in self.limits:
                    self.lengths.join(self.limits[name], length)
            else:
                self.computed[length] = high
        return scope.with_letter(binding.index.name, length)


def _last_of(high: Add) -> str:
    """The n of an upper limit `n - 1`; "" for any other."""
    first, *others = high.terms
    return first.name if isinstance(first, Symbol) and others == [Negative(Number("1"))] else ""


def _symbol(self: Shapes, node: Symbol, scope: Scope) -> Shape:
    if node in scope.arguments:
        return scope.arguments[node]
    if not node.indices and (node.name in scope.letters or node.name in CONSTANT_NAMES):
        return SCALAR
    family, indices = self.families.resolve(node)
    bare = Symbol(node.name)
    if bare in scope.arguments and indices:
        shape = scope.arguments[bare]
        return _components(self, shape, indices, scope)
    return family_shape(self, family, indices, scope)


def family_shape(self: Shapes, family: str, indices: tuple[Node, ...], scope: Scope) -> Shape:
    """The shape of a family at some indices."""
    if family not in self.definitions and family + SQUARED in self.definitions:
        family += SQUARED
    if family in self.definitions:
        count = len(self.definitions[family].parameters)
        value = self.value_of(family)
        given = indices[:count]
        for position, index in enumerate(given):
            self.index(index, self.slot(family, position), scope)
        left = [self.slot(family, n) for n in range(len(given), count)]
        left += [self.slot(family, n) for n, index in enumerate(given) if index == Symbol(":")]
        if len(indices) > count:
            return _components(self, value, indices[count:], scope)
        if not left:
            return value
        if not self.is_scalar(value) and len(left) == 1 and self.lengths.find(value[1]) == 0:
            return left[0], value[0]
        if not self.is_scalar(value):
            raise ShapeError(f"{family} has too many axes to stand without indices")
        return _axes(left)
    rank = self.ranks.get(family, len(indices))
    for position, index in enumerate(indices):
        self.index(index, self.slot(family, position), scope)
    left = [self.slot(family, n) for n, index in enumerate(indices) if index == Symbol(":")]
    left += [self.slot(family, n) for n in range(len(indices), rank)]
    return _axes(left)


def _axes(left: list[int]) -> Shape:
    if len(left) > 2:
        raise ShapeError("more than two axes")
    rows, columns = [*left, 0, 0][:2]
    return rows, columns


def _components(self: Shapes, shape: Shape, indices: tuple[Node, ...], scope: Scope) -> Shape:
    rest = [length for length in shape if self.lengths.find(length) != 0]
    if len(indices) > len(rest):
        raise ShapeError("more indices than axes")
    for index, length in zip(indices, rest, strict=False):
        self.index(index, length, scope)
    return _axes(rest[len(indices) :])


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
    if not divisor.indices and divisor.name in COUNTS and divisor.name not in self.definitions:
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
    if self.is_scalar(a) or self.is_scalar(b):
        if sign == r"\odot" and self.is_scalar(a) and self.is_scalar(b):
            self.strain += 2
        return b if self.is_scalar(a) else a
    find = self.lengths.find
    if sign in (r"\odot", "*", r"\times"):
        return self.join(a, b)
    if sign == r"\cdot" and find(a[1]) == 0 == find(b[1]):
        self.join(a, b)
        return SCALAR
    if sign == r"\otimes" and find(a[1]) == 0 == find(b[1]):
        return a[0], b[0]
    if (find(a[1]) == 0) != (find(b[0]) == 0):
        raise ShapeError("a product of shapes that do not fit")
    self.lengths.join(a[1], b[0])
    return a[0], b[1]


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


def _call(self: Shapes, node: Call, scope: Scope) -> Shape:
    name = node.function.name
    shapes = [self.of(argument, scope) for argument in node.arguments]
    family, indices = self.families.resolve(node.function)
    own = family in self.definitions and self.definitions[family].is_called_with(indices)
    if own and name not in TO_SCALAR:
        return _user_call(self, family, indices, shapes, scope)
    if family in self.numbers:
        return SCALAR
    shape = shapes[0]
    if name in TO_SCALAR:
        if self.is_scalar(shape):
            self.strain += 3
        elif name in ("tr", "det"):
            self.lengths.join(*shape)
        return SCALAR
    if name == "diag":
        if self.is_scalar(shape):
            self.strain += 3
            return shape
        return (shape[0], shape[0]) if self.lengths.find(shape[1]) == 0 else (shape[0], 0)
    if name == "softmax":
        if self.is_scalar(shape):
            self.strain += 3
        return _components(self, shape, indices, scope) if indices else shape
    for other in shapes[1:]:
        shape = self.broadcast(shape, other, free=True)
    for index in indices:
        if name not in ("log", "sqrt"):
            self.index(index, self.slot(family, indices.index(index)), scope)
    return shape


def _user_call(
    self: Shapes, family: str, indices: tuple[Node, ...], shapes: list[Shape], scope: Scope
) -> Shape:
    meaning = self.definitions[family]
    if len(meaning.arguments) != len(shapes):
        return family_shape(self, family, indices, scope)
    if family in self._open:
        return SCALAR
    letters = {name: self.slot(family, n) for n, name in enumerate(meaning.parameters)}
    self._open.append(family)
    try:
        inner = Scope(letters, dict(zip(meaning.arguments, shapes, strict=True)), scope.home)
        value = self.of(meaning.body, inner)
    finally:
        self._open.pop()
    for position, index in enumerate(indices[: len(letters)]):
        self.index(index, self.slot(family, position), scope)
    if len(indices) > len(letters):
        return _components(self, value, indices[len(letters) :], scope)
    return value


def _fold(self: Shapes, node: Fold, scope: Scope) -> Shape:
    for binding in node.bindings:
        scope = self.bind(binding, scope)
    return self.of(node.body, scope)


def _derivative(self: Shapes, node: Derivative, scope: Scope) -> Shape:
    shape = self.of(node.body, scope)
    for variable in node.variables:
        by = self.of(_own_variable(self, node.body) if variable == Symbol("") else variable, scope)
        if self.is_scalar(by):
            if node.form == "nabla":
                self.strain += 0.5
            continue
        if self.is_scalar(shape):
            shape = by
        elif self.lengths.find(shape[1]) == 0 and self.lengths.find(by[1]) == 0:
            shape = shape[0], by[0]
        else:
            raise ShapeError("a derivative with more than two axes")
    return shape


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
        if not self.is_scalar(self.of(limit, scope)):
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
    for row in node.rows:
        for entry in row:
            if not self.is_scalar(self.of(entry, scope)):
                raise ShapeError("a vector as the entry of a matrix")
    lengths = []
    for count in (len(node.rows), len(node.rows[0])):
        length = 0
        if count > 1:
            length = self.lengths.new()
            self.lengths.fix(length, count)
        lengths.append(length)
    return lengths[0], lengths[1]


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
    return _components(self, self.of(node.body, scope), node.indices, scope)


def _delta(self: Shapes, node: Delta, scope: Scope) -> Shape:
    sides = [side for side in (node.left, node.right) if isinstance(side, Symbol) and not side.indices]
    if len(sides) == 2:
        self.lengths.join(self.letter(sides[0].name, scope), self.letter(sides[1].name, scope))
    return SCALAR


def _unsigned(node: Node) -> Node:
    return node.body if isinstance(node, Negative) else node


_RULES: dict[type[Node], Callable[..., Shape]] = {
    Number: lambda *_: SCALAR,
    Symbol: _symbol,
    Group: lambda self, node, scope: self.of(node.body, scope),
    Negative: lambda self, node, scope: self.of(node.body, scope),
    Differential: lambda self, node, scope: self.of(node.body, scope),
    Add: _add,
    Multiply: _multiply,
    Divide: _divide,
    Power: _power,
    Transpose: _transpose,
    Call: _call,
    Component: _component,
    Fold: _fold,
    Derivative: _derivative,
    Delta: _delta,
    Indicator: lambda *_: SCALAR,
    Cases: _cases,
    Inner: _inner,
    Integral: _integral,
    Norm: _norm,
    Matrix: _matrix,
}
