"""A page as something that can be evaluated: definitions, free quantities, ranges."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from pminusy.proofread.meaning.lines.chance import Distribution
from pminusy.proofread.meaning.model.point import Array, Point
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import (
    FUNCTIONS,
    IDENTITY,
    ONES,
    SQUARED,
    UNIT,
    Entry,
    Meaning,
    Rule,
    main_symbols,
    own_variable,
)
from pminusy.proofread.meaning.names.dependence import head, reach
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.names.letters import dynamic_letters
from pminusy.proofread.meaning.names.literals import Slot, written_out
from pminusy.proofread.meaning.names.logarithms import inside_logarithms
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Call,
    Delta,
    Fold,
    Negative,
    Node,
    Number,
    Symbol,
    walk,
)

SIZES = (3, 4, 2, 5)
SMALL_SIZES, MOST_RANGES = (2, 3), 5  # for pages with many different ranges, as of images
# What a name stands for where another function is on the page.
_BY_CUSTOM = {
    r"\psi": (r"\Gamma", "digamma"),
    r"\varphi": (r"\Phi", "density"),
    r"\phi": (r"\Phi", "density"),
}


@dataclass
class Model:
    """What evaluation asks about a page.

    Attributes
    ----------
    families, definitions, rules, shapes
        As found on the page.
    dynamic : dict of str to frozenset of str
        Letters that a definition takes from where it is used.
    recursive : frozenset of str
        Families defined through themselves at other indices.
    opaque : frozenset of str
        Families without definition that the page differentiates.
    sinks : dict of str to tuple of str
        What an opaque number depends on directly.
    moving : frozenset of str
        Free families whose differential occurs.
    integers : frozenset of str
        Families whose values serve as indices.
    trees : tuple of Node
        All formulas of the page.
    positive : frozenset of str
        Families that a condition says to be positive.
    primed_by : Symbol or None
        The argument of the functions that carry primes, where it is the same everywhere.
    alternatives : dict of str to list of Meaning
        Further expressions for defined families, in other quantities.
    zero_outside : bool
        Whether entries outside of their range are 0.
    fixed : dict of Entry to float
        The values of entries, such as that of h_0.
    random : frozenset of str
        Free families that expectations are taken of.
    distributions : dict of str to Distribution
        Those that the page speaks of and gives no formula for, by their letters.
    independent : bool
        Whether the text calls random quantities independent.
    """

    families: Families
    definitions: dict[str, Meaning]
    rules: list[Rule]
    shapes: Shapes
    dynamic: dict[str, frozenset[str]]
    recursive: frozenset[str]
    opaque: frozenset[str]
    sinks: dict[str, tuple[str, ...]]
    moving: frozenset[str]
    integers: frozenset[str]
    trees: tuple[Node, ...] = ()
    positive: frozenset[str] = frozenset()
    primed_by: Symbol | None = None
    alternatives: dict[str, list[Meaning]] = field(default_factory=dict)
    zero_outside: bool = False
    fixed: dict[Entry, float] = field(default_factory=dict)
    random: frozenset[str] = frozenset()
    distributions: dict[str, Distribution] = field(default_factory=dict)
    independent: bool = False

    @property
    def bodies(self) -> tuple[Node, ...]:
        """What the definitions say."""
        return tuple(meaning.body for meaning in self.definitions.values())

    def given(self, meanings: dict[str, Meaning]) -> Model:
        """The same page with some quantities fixed."""
        if not meanings:
            return self
        definitions = {**self.definitions, **meanings}
        return replace(self, definitions=definitions, dynamic=dynamic_letters(definitions, self.families))

    def seen_through(self, body: Node, family: str) -> Model:
        """The model in which a quantity depends on that family, if the page also expresses it by it."""
        symbol = head(body)
        name = "" if symbol is None else self.families.resolve(symbol)[0]
        if name not in self.alternatives or family in reach(self.definitions, self.families)[name]:
            return self
        for meaning in self.alternatives[name]:
            definitions = {**self.definitions, name: meaning}
            if (
                family in reach(definitions, self.families)[name]
                and name not in reach(definitions, self.families)[name]
            ):
                return replace(self, definitions=definitions)
        return self

    @cached_property
    def inside_logarithms(self) -> frozenset[str]:
        """Free families that stand in a logarithm or root themselves."""
        return inside_logarithms(self.trees, self.families, self.definitions)

    # Sizes and ranges

    @property
    def sizes(self) -> dict[str, int]:
        """Length classes by the names of upper limits, such as n."""
        return {n: c for n, c in self.shapes.limits.items() if n not in self.definitions}

    def draw_sizes(self, turn: int) -> dict[int, int]:
        """A size for every length class, different ones for different classes as far as they go."""
        lengths, classes = self.shapes.lengths, self.shapes.lengths.classes()
        ranges = {lengths.find(slot) for slot in self.shapes.slots.values()}
        usual = SIZES if len(ranges) <= MOST_RANGES else SMALL_SIZES
        sizes = {
            root: lengths.fixed(root) or usual[(n + turn) % len(usual)] for n, root in enumerate(classes)
        }
        for length, limit in self.shapes.computed.items():
            self._fit(lengths.find(length), limit, sizes)
        return sizes

    def _fit(self, root: int, limit: Node, sizes: dict[int, int]) -> None:
        """Make a range end at `n - K + 1` and the like, with an n that leaves some room."""
        terms = limit.terms if isinstance(limit, Add) else (limit,)
        total = 0
        for term in terms:
            inner, sign = (term.body, -1) if isinstance(term, Negative) else (term, 1)
            if isinstance(inner, Number):
                total += sign * int(inner.value)
            elif isinstance(inner, Symbol) and inner.name in self.shapes.limits:
                total += sign * sizes[self.shapes.lengths.find(self.shapes.limits[inner.name])]
            else:
                return
        first = next((t for t in terms if isinstance(t, Symbol) and t.name in self.shapes.limits), None)
        if total < 2 and first is not None:
            sizes[self.shapes.lengths.find(self.shapes.limits[first.name])] += 2 - total
            total = 2
        if not any(self.shapes.lengths.same(root, other) for other in self.shapes.limits.values()):
            sizes[root] = total

    def _size(self, length: int, point: Point) -> int:
        return point.sizes.get(self.shapes.lengths.find(length), 3)

    def size(self, name: str, point: Point) -> int:
        """The value of an upper limit."""
        return self._size(self.shapes.limits[name], point)

    def _range(self, length: int, point: Point) -> Array:
        root = self.shapes.lengths.find(length)
        zero = any(self.shapes.lengths.same(root, other) for other in self.shapes.zero_based)
        return np.arange(0 if zero else 1, self._size(length, point) + (0 if zero else 1))

    def _length(self, family: str, position: int) -> int:
        """The length class of a family's slot, value axes after the indices."""
        if family in self.definitions and position >= len(self.definitions[family].parameters):
            shape = [n for n in self.shapes.values.get(family, ()) if self.shapes.lengths.find(n) != 0]
            place = position - len(self.definitions[family].parameters)
            if place < len(shape):
                return shape[place]
        return self.shapes.slot(family, position)

    def index_range(self, family: str, position: int, point: Point) -> Array:
        """The values of an index slot."""
        return self._range(self._length(family, position), point)

    def first_index(self, family: str, position: int) -> int:
        """Where counting begins in a slot: 0 or 1."""
        root = self.shapes.lengths.find(self._length(family, position))
        return 0 if any(self.shapes.lengths.same(root, other) for other in self.shapes.zero_based) else 1

    @cached_property
    def _lengths_of_letters(self) -> dict[tuple[str, tuple[int, ...]], tuple[tuple[Node, ...], int | None]]:
        return {}

    @cached_property
    def _written_out(self) -> dict[Slot, frozenset[int]]:
        return written_out(self.trees, self.families)

    def free_range(self, letter: str, nodes: tuple[Node, ...], point: Point) -> Array:
        """The values of a letter that no sum binds: the numbers that stand in its slots, if these are written out."""
        allowed = [
            self._written_out[family, position]
            for tree in nodes
            for symbol in main_symbols(tree)
            for family, indices in [self.families.resolve(symbol)]
            for position, index in enumerate(indices)
            if index == Symbol(letter) and (family, position) in self._written_out
        ]
        common = frozenset.intersection(*allowed) if allowed else frozenset()
        if common:
            return np.array(sorted(common))
        return self.range_of_letter(letter, (*nodes, *self.bodies), point)

    def letter_range(self, binding: Binding, node: Fold, point: Point) -> Array:
        """The values of a sum's index, from where it stands in the body."""
        return self.range_of_letter(binding.index.name, (node.body,), point)

    def range_of_letter(self, letter: str, nodes: tuple[Node, ...], point: Point) -> Array:
        """The values of a letter, from the slots that it stands in."""
        key = (letter, tuple(map(id, nodes)))
        if key not in self._lengths_of_letters:
            # The nodes are kept so that no other node takes their place in memory.
            self._lengths_of_letters[key] = (nodes, self._length_of_letter(letter, nodes))
        length = self._lengths_of_letters[key][1]
        return np.arange(1, 4) if length is None else self._range(length, point)

    def _length_of_letter(self, letter: str, nodes: tuple[Node, ...]) -> int | None:
        for tree in nodes:
            for node in walk(tree):
                if isinstance(node, Symbol | Call):
                    symbol = node.function if isinstance(node, Call) else node
                    if symbol.name in FUNCTIONS:
                        continue
                    family, indices = self.families.resolve(symbol)
                    for position, index in enumerate(indices):
                        if _letter_of(index) == letter:
                            return self._length(self._known(family), position)
        return self._length_elsewhere(letter, nodes)

    def _length_elsewhere(self, letter: str, nodes: tuple[Node, ...]) -> int | None:
        """The length of a letter that stands in no slot here: its partner's in a δ, or that it has elsewhere."""
        partners = {
            side.name
            for tree in nodes
            for node in walk(tree)
            if isinstance(node, Delta) and Symbol(letter) in (node.left, node.right)
            for side in (node.left, node.right)
            if isinstance(side, Symbol)
        }
        for name in (*sorted(partners - {letter}), letter):
            for tree in (*nodes, *self.trees):
                for node in walk(tree):
                    if isinstance(node, Symbol) and node.name not in FUNCTIONS:
                        family, indices = self.families.resolve(node)
                        if Symbol(name) in indices:
                            return self._length(self._known(family), indices.index(Symbol(name)))
        return self.shapes.dynamic.get(letter)

    def _known(self, family: str) -> str:
        if family not in self.definitions and family + SQUARED in self.definitions:
            return family + SQUARED
        return family

    # Families

    @property
    def special(self) -> frozenset[str]:
        """Names that mean a vector of ones, the unit matrix or its rows, as this page uses them."""
        named = ((ONES, 1), (IDENTITY, 2), (UNIT, 2))
        sized = ((name, 2) for name in self.shapes.ranks if name.startswith("I_{"))
        return frozenset(
            name
            for name, rank in (*named, *sized)
            if name not in self.definitions and self.rank(name) >= rank
        )

    def rank(self, family: str) -> int:
        """How many axes a free family has."""
        return self.shapes.ranks.get(family, 0)

    def axis_count(self, family: str) -> int:
        """How many axes a family has, indices and value together."""
        if family in self.definitions:
            shape = self.shapes.values.get(family, ())
            return self.index_count(family) + sum(self.shapes.lengths.find(n) != 0 for n in shape)
        return self.rank(family)

    def index_count(self, family: str) -> int:
        """How many indices the definition of a family has; none for a free one."""
        return len(self.definitions[family].parameters) if family in self.definitions else 0

    def rules_of(self, family: str) -> list[Rule]:
        """The given derivatives of a family."""
        return [rule for rule in self.rules if rule.family == family]

    def sinks_of(self, family: str) -> tuple[str, ...]:
        """What an opaque number depends on directly."""
        if family not in self.sinks and not self.rules_of(family):
            raise Undecidable(f"{family} is not defined, so its derivative is unknown")
        return self.sinks.get(family, ())

    def beside(self, family: str) -> frozenset[str]:
        """The arguments that functions of the page take beside a variable, which do not depend on it."""
        found = {family}
        for meaning in self.definitions.values():
            arguments = {self.families.resolve(a)[0] for a in meaning.arguments}
            if family in arguments:
                found |= arguments
        return frozenset(name + mark for name in found - {family} for mark in ("", SQUARED))

    def variable_family(self, variable: Symbol, squared: bool) -> tuple[str, tuple[Node, ...]]:
        """The family that a derivative is taken by, and its indices."""
        family, nodes = self.families.resolve(variable)
        if family + SQUARED in self.definitions and family not in self.definitions:
            if not squared:
                raise Undecidable(
                    f"a derivative with respect to {variable.name}, of which only the square is defined"
                )
            family += SQUARED
        return family, nodes

    def is_squared(self, family: str) -> bool:
        """Whether the family is one that is only known through its square."""
        return family.endswith(SQUARED)

    def is_quantity(self, family: str) -> bool:
        """Whether the name stands for a quantity, also where it is followed by arguments."""
        return family in self.opaque or (family in self.shapes.ranks and self.shapes.ranks[family] > 0)

    def own_variable(self, body: Node) -> Node:
        r"""The variable of `\\nabla L` without a subscript."""
        variable = own_variable(body, self.definitions, self.families)
        if variable is None:
            raise Undecidable("a gradient without a variable")
        return variable

    def known_as(self, name: str) -> str:
        r"""The function that a name stands for by custom: `\psi` beside `\Gamma`, `\varphi` beside `\Phi`."""
        if name in _BY_CUSTOM:
            beside, meant = _BY_CUSTOM[name]
            return meant if self._calls(beside) else name
        return name

    def _calls(self, name: str) -> bool:
        """Whether a function of this name occurs."""
        nodes = (node for tree in self.trees for node in walk(tree))
        return any(isinstance(node, Call) and node.function.name == name for node in nodes)

    # Letters and constants

    def is_letter(self, name: str) -> bool:
        """Whether a name serves as an index."""
        return name in self.families.letters and name not in self.sizes

    def is_integer(self, name: str) -> bool:
        """Whether a free number serves as an index by its value."""
        return name in self.integers

    def label(self, name: str, point: Point) -> int:
        """The place of a fixed index that nothing binds, such as c in p_c."""
        if name.isupper():
            return max(point.sizes.values(), default=2)
        return 1 + sum(map(ord, name)) % 2

    def constant(self, name: str, point: Point) -> Array | None:
        """The value of π, e, the identity or a vector of ones, where the page does not use the name otherwise."""
        if name in self.definitions and not self.definitions[name].arguments:
            return None
        if name == r"\pi":
            return _number("pi", point)
        if name == "e" and self.rank(name) == 0:
            return _number("e", point)
        return None


def _number(name: str, point: Point) -> Array:
    if point.digits:
        import mpmath

        return np.full((1, 1, 1), +getattr(mpmath, name), dtype=object)
    return np.full((1, 1, 1), getattr(np, name))


def _letter_of(index: Node) -> str:
    if isinstance(index, Symbol) and not index.indices:
        return index.name
    if isinstance(index, Add):
        names = [term.name for term in index.terms if isinstance(term, Symbol)]
        if len(names) == 1 and all(isinstance(t, Symbol | Number | Negative) for t in index.terms):
            return names[0]
    return ""
