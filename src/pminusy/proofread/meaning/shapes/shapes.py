r"""Shapes by unification: which lengths must be equal for the formulas of a page to make sense.

A shape is (rows, columns) as classes of `Dimensions`; a number is (ONE, ONE), a vector a column. What is odd but can be
meant (a transposed number, a vector plus a number) counts as `strain`; what cannot be raises `ShapeError`.
"""

from __future__ import annotations

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.shapes.dimensions import Dimensions
from pminusy.proofread.meaning.shapes.shape import Scope, Shape
from pminusy.proofread.meaning.shapes.shape_rules import RULES
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Negative,
    Node,
    Number,
    Symbol,
    walk,
)


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
    rows : frozenset of str
        Families whose value, where it is a vector, is a row.
    spread : bool
        Whether a vector can be added to every column or row of a matrix.
    variables : frozenset of str
        Names that functions are of, or that are differentiated by: these are no counts.
    """

    def __init__(
        self,
        families: Families,
        definitions: dict[str, Meaning],
        ranks: dict[str, int],
        numbers: frozenset[str] = frozenset(),
        rows: frozenset[str] = frozenset(),
        spread: bool = False,
        variables: frozenset[str] = frozenset(),
    ) -> None:
        self.numbers, self.rows, self.spread, self.variables = numbers, rows, spread, variables
        self.families, self.definitions, self.ranks = families, definitions, ranks
        self.lengths = Dimensions()
        self.slots: dict[tuple[str, int], int] = {}
        self.values: dict[str, Shape] = {}
        self.limits: dict[str, int] = {}
        self.strain = 0.0
        self.misfits = 0
        self.dynamic: dict[str, int] = {}
        self.zero_based: set[int] = set()
        self.zero_limit = ""
        self.computed: dict[int, Node] = {}
        self.squares: frozenset[str] = frozenset()
        self._open: list[str] = []
        self._looped: set[str] = set()
        self._assumed: dict[str, Shape] = {}

    def note_squares(self) -> None:
        """Remember which matrices are square by what was seen so far: the definitions and what is asked."""
        self.squares = frozenset(
            name
            for name, rank in self.ranks.items()
            if rank in (2, 3) and self.lengths.same(self.slot(name, rank - 2), self.slot(name, rank - 1))
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
                self._looped.add(family)
                return self._assumed[family]
            self.values[family] = self._settled(family)
        return self.values[family]

    def _found(self, family: str) -> Shape:
        meaning = self.definitions[family]
        self._open.append(family)
        letters = {name: self.slot(family, n) for n, name in enumerate(meaning.parameters)}
        try:
            return self.of(meaning.body, Scope(letters, {}, self.dynamic))
        finally:
            self._open.pop()

    def _settled(self, family: str) -> Shape:
        """The shape of a body; of what is made of itself, as `h_t` of `h_{t-1}`, the first to come out as assumed."""
        fault: ShapeError | None = None
        for rows, columns in ((False, False), (True, False), (True, True)):
            state, strain = self.lengths.snapshot(), self.strain
            assumed = self.lengths.new() if rows else 0, self.lengths.new() if columns else 0
            self._assumed[family] = assumed
            try:
                found = self._found(family)
                return self.join(found, assumed) if family in self._looped else found
            except ShapeError as error:
                fault = fault or error
                if family not in self._looped:
                    break
                self.lengths.restore(state)
                self.strain = strain
        assert fault is not None
        raise fault

    def of(self, node: Node, scope: Scope) -> Shape:
        """The shape of an expression."""
        return RULES[type(node)](self, node, scope)

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
        for matrix, vector in ((a, b), (b, a)) if self.spread else ():
            lacking = [n for n in (0, 1) if self.lengths.find(vector[n]) == 0 != self.lengths.find(matrix[n])]
            if len(lacking) == 1 and self.lengths.find(matrix[1 - lacking[0]]) != 0:
                self.strain += 0.5
                self.lengths.join(matrix[1 - lacking[0]], vector[1 - lacking[0]])
                return matrix
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
                name = _last_of(high)
                if name and self.zero_limit in ("", name):  # others cut a range in parts
                    self.zero_limit = name
                    self.lengths.join(self.limits[name], length)
            else:
                self.computed[length] = high
        return scope.with_letter(binding.index.name, length)


def _last_of(high: Add) -> str:
    """The n of an upper limit `n - 1`; "" for any other."""
    first, *others = high.terms
    return first.name if isinstance(first, Symbol) and others == [Negative(Number("1"))] else ""


def _unsigned(node: Node) -> Node:
    return node.body if isinstance(node, Negative) else node
