"""The shapes of symbols, their components and calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.lines.law import Law
from pminusy.proofread.meaning.lines.laws import density_of, law_called
from pminusy.proofread.meaning.names.definitions import SQUARED
from pminusy.proofread.meaning.shapes.shape import SCALAR, Scope, Shape
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import PROBABILITIES, base_name, events_of, is_conditioned
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Call,
    Node,
    Symbol,
)

if TYPE_CHECKING:
    from pminusy.proofread.meaning.shapes.shapes import Shapes

TO_SCALAR = frozenset(["tr", "det", "logsumexp", "rank"])
CONSTANT_NAMES = frozenset([r"\pi", r"\infty", names.PLUS_MINUS, names.IMAGINARY])


def symbol(self: Shapes, node: Symbol, scope: Scope) -> Shape:
    """The shape of a symbol with its indices."""
    if node in scope.arguments:
        return scope.arguments[node]
    if not node.indices and (node.name in scope.letters or node.name in CONSTANT_NAMES):
        return SCALAR
    family, indices = self.families.resolve(node)
    bare = Symbol(node.name)
    if bare in scope.arguments and indices:
        shape = scope.arguments[bare]
        return components(self, shape, indices, scope)
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
            return components(self, value, indices[count:], scope)
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
    return (0, left[0]) if len(left) == 1 and family in self.rows else _axes(left)


def _axes(left: list[int]) -> Shape:
    if len(left) > 2:
        raise ShapeError("more than two axes")
    rows, columns = [*left, 0, 0][:2]
    return rows, columns


def components(self: Shapes, shape: Shape, indices: tuple[Node, ...], scope: Scope) -> Shape:
    """The shape of entries of something of a shape."""
    rest = [length for length in shape if self.lengths.find(length) != 0]
    if len(indices) > len(rest):
        raise ShapeError("more indices than axes")
    for index, length in zip(indices, rest, strict=False):
        self.index(index, length, scope)
    return _axes(rest[len(indices) :])


def call(self: Shapes, node: Call, scope: Scope) -> Shape:
    """The shape of a function's value."""
    name = node.function.name
    if name == r"\mathcal{N}" and law_called(node) is not None:
        return SCALAR  # a law, whose parameters have the shapes that its use tells
    shapes = [self.of(argument, scope) for argument in node.arguments]
    family, indices = self.families.resolve(node.function)
    own = family in self.definitions and self.definitions[family].is_called_with(indices)
    if own and name not in TO_SCALAR:
        return _user_call(self, family, indices, shapes, scope)
    if family in self.numbers:
        return SCALAR
    if base_name(name) == r"\mathbb{E}":
        return shapes[0]
    if base_name(name) in ("Var", "Cov"):
        return _covariance(self, name, shapes)
    if (density := density_of(node)) is not None and density[0].kind == "normal":
        _normal(self, *shapes)
        return SCALAR
    if _is_divergence(self, node, scope) or is_conditioned(name) or name in PROBABILITIES:
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
    if name in ("!", "binom"):
        self.strain += 3 * sum(not self.is_scalar(each) for each in shapes)
    if name == "vec":
        if self.is_scalar(shape):
            self.strain += 3
        return self.lengths.new(), 0
    if name == "softmax":
        if self.is_scalar(shape):
            self.strain += 3
        return components(self, shape, indices, scope) if indices else shape
    for other in shapes[1:]:
        shape = self.broadcast(shape, other, free=True)
    for index in indices:
        if name not in ("log", "sqrt"):
            self.index(index, self.slot(family, indices.index(index)), scope)
    return shape


def _is_divergence(self: Shapes, node: Call, scope: Scope) -> bool:
    """Whether a call is the divergence of two normal laws, of which the shapes are taken in."""
    laws = [_law_named(self, argument) for argument in node.arguments]
    if len(laws) != 2 or None in laws or "KL" not in to_latex(node.function):
        return False
    parameters = [p for law in laws if law is not None for p in law.parameters]
    shapes = [self.of(parameter, scope) for parameter in parameters]
    vectors = [shape for shape in (shapes[0], shapes[2]) if not self.is_scalar(shape)]
    matrices = [shape for shape in (shapes[1], shapes[3]) if not self.is_scalar(shape)]
    rows = (vectors or matrices or [SCALAR])[0][0]
    for vector in vectors:
        self.join(vector, (rows, 0))
    for matrix in matrices:
        self.join(matrix, (rows, rows))
    return True


def _law_named(self: Shapes, node: Node) -> Law | None:
    if isinstance(node, Symbol):
        meaning = self.definitions.get(self.families.resolve(node)[0])
        return None if meaning is None else law_called(meaning.body)
    return law_called(node)


def _normal(self: Shapes, place: Shape, mean: Shape, covariance: Shape) -> None:
    """Take in what a normal density says of shapes; of vectors, mean and variance may be numbers."""
    if self.is_scalar(place):
        self.strain += 3 * sum(not self.is_scalar(shape) for shape in (mean, covariance))
        return
    if not self.is_scalar(mean):
        self.join(place, mean)
    if not self.is_scalar(covariance):
        self.join(covariance, (place[0], place[0]))


def _covariance(self: Shapes, name: str, shapes: list[Shape]) -> Shape:
    """The shape of a covariance: that of the first with the transpose of the last, whatever is given left out."""
    count = sum(event.arity for event in events_of(name)[0]) if is_conditioned(name) else len(shapes)
    first, last = shapes[0], shapes[max(count, 1) - 1]
    if self.is_scalar(first) or self.is_scalar(last):
        return last if self.is_scalar(first) else first
    return first[0], last[0]


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
        return components(self, value, indices[len(letters) :], scope)
    return value
