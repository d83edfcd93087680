"""A page as something that can be evaluated: definitions, free quantities, ranges."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeGuard

import numpy as np

from pminusy.proofread.meaning.lines.chance import Distribution, is_of_inequalities
from pminusy.proofread.meaning.lines.law import MOMENTS, Law
from pminusy.proofread.meaning.lines.laws import density_of, law_called
from pminusy.proofread.meaning.model.point import Array, Point
from pminusy.proofread.meaning.model.ranges import Ranges
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import (
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
from pminusy.proofread.meaning.names.logarithms import inside_logarithms
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Cases,
    Multiply,
    Negative,
    Node,
    Number,
    Relation,
    Symbol,
    walk,
)

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
    fractions : frozenset of str
        Families of numbers between 0 and 1, as the probability of success of a binomial distribution.
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
    dependent : bool
        Whether it calls them dependent, or speaks of their covariances.
    identical : bool
        Whether it says that those with an index are distributed alike.
    laws : dict of str to Law
        Distributions that random families have in one reading of the page.
    units : bool
        Whether a written number beside a square matrix is that multiple of the identity, as in `1 - v v^T`.
    along_rows : bool
        Whether the softmax of a matrix is one for each row, instead of each column.
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
    fractions: frozenset[str] = frozenset()
    primed_by: Symbol | None = None
    alternatives: dict[str, list[Meaning]] = field(default_factory=dict)
    zero_outside: bool = False
    fixed: dict[Entry, float] = field(default_factory=dict)
    random: frozenset[str] = frozenset()
    distributions: dict[str, Distribution] = field(default_factory=dict)
    independent: bool = False
    dependent: bool = False
    identical: bool = False
    laws: dict[str, Law] = field(default_factory=dict)
    units: bool = False
    along_rows: bool = False

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

    @cached_property
    def covariances(self) -> frozenset[str]:
        """Free matrices that are the covariance in a normal density, or of a random vector with a law."""
        nodes = [node for tree in self.trees for node in walk(tree) if isinstance(node, Call)]
        laws = [*self.laws.values(), *(found[0] for found in map(density_of, nodes) if found)]
        laws += [law for law in map(law_called, nodes) if law is not None]
        last = [
            law.parameters[1] for law in laws if law.kind in ("normal", MOMENTS) and len(law.parameters) > 1
        ]
        families = {self.families.resolve(node)[0] for node in last if isinstance(node, Symbol)}
        return frozenset(f for f in families - self.definitions.keys() if self.rank(f) >= 2)

    @cached_property
    def enumerated(self) -> dict[str, tuple[float, ...]]:
        """Free families with the values that cases tell apart, where there is no other case: 0 and 1 for a label."""
        nodes = (node for tree in self.trees for node in walk(tree) if isinstance(node, Cases))
        found = {}
        for node in nodes:
            sides = [(b.condition.left, b.condition.right) for b in node.branches if _is_value(b.condition)]
            names = {self.families.resolve(left)[0] for left, _ in sides if isinstance(left, Symbol)}
            if (
                len(sides) == len(node.branches) > 1
                and len(names) == 1
                and not names & self.definitions.keys()
            ):
                found[names.pop()] = tuple(float(n.value) for _, n in sides if isinstance(n, Number))
        return found

    @cached_property
    def ranges(self) -> Ranges:
        """What the indices and limits of the page run over."""
        apart = self.independent or bool(self.laws)
        entries = [len(self.own_entries(family)) for family in self.random]
        return Ranges(
            self.families, self.definitions, self.shapes, self.trees, small=apart and sum(entries) > 1
        )

    @cached_property
    def has_events(self) -> bool:
        r"""Whether the page has probabilities such as `P(X \le x)`, which tell values apart by their order."""
        nodes = (node for tree in self.trees for node in walk(tree))
        return any(isinstance(node, Call) and is_of_inequalities(node) for node in nodes)

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

    def is_row(self, family: str, indices: int) -> bool:
        """Whether a family with so many indices is a row vector."""
        if family not in self.definitions:
            return family in self.shapes.rows and self.rank(family) == indices + 1
        rows, columns = self.shapes.values.get(family, (0, 0))
        find = self.shapes.lengths.find
        return indices == self.index_count(family) and find(rows) == 0 != find(columns)

    def axis_count(self, family: str) -> int:
        """How many axes a family has, indices and value together."""
        if family in self.definitions:
            shape = self.shapes.values.get(family, ())
            return self.index_count(family) + sum(self.shapes.lengths.find(n) != 0 for n in shape)
        return self.rank(family)

    def index_count(self, family: str) -> int:
        """How many indices the definition of a family has; none for a free one."""
        return len(self.definitions[family].parameters) if family in self.definitions else 0

    def own_entries(self, family: str) -> tuple[frozenset[int], ...]:
        """For each index that tells independent entries of a random family apart, the numbers that stand there.

        Vectors that always stand with their first index are independent of each other, not their entries.
        """
        if family not in self._own_entries:
            self._own_entries[family] = _own_entries(family, self.trees, self.families)
        return self._own_entries[family]

    @cached_property
    def _own_entries(self) -> dict[str, tuple[frozenset[int], ...]]:
        return {}

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

    @cached_property
    def has_weight_pi(self) -> bool:
        r"""Whether π is a probability, as `1 - \pi` tells, and nowhere the number, as in `2 \pi`."""
        nodes = [node for tree in self.trees for node in walk(tree)]
        weight = any(isinstance(n, Add) and n.terms == (Number("1"), Negative(Symbol(r"\pi"))) for n in nodes)
        return weight and not any(isinstance(n, Multiply) and Symbol(r"\pi") in n.factors[1:] for n in nodes)

    def _calls(self, name: str) -> bool:
        """Whether a function of this name occurs."""
        nodes = (node for tree in self.trees for node in walk(tree))
        return any(isinstance(node, Call) and node.function.name == name for node in nodes)

    # Letters and constants

    @property
    def sizes(self) -> dict[str, int]:
        """Length classes by the names of upper limits, such as n."""
        return {n: c for n, c in self.shapes.limits.items() if n not in self.definitions}

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
        """The value of π, e, i or ±1, where the page does not use the name otherwise."""
        if name in self.definitions and not self.definitions[name].arguments:
            return None
        if name == r"\pi":
            return None if self.has_weight_pi else _number("pi", point)
        if name == "e" and self.rank(name) == 0:
            return _number("e", point)
        if name == names.PLUS_MINUS:
            return np.full((1, 1, 1), 1.0 if point.seed % 2 else -1.0)
        if name == names.IMAGINARY:
            if point.digits:
                raise Undecidable("complex numbers in many digits")
            return np.full((1, 1, 1), 1j)
        return None


def _is_value(condition: Node | None) -> TypeGuard[Relation]:
    """Whether a condition is that a name has a value."""
    return (
        isinstance(condition, Relation)
        and condition.operator == "="
        and isinstance(condition.left, Symbol)
        and isinstance(condition.right, Number)
    )


def _own_entries(family: str, trees: tuple[Node, ...], families: Families) -> tuple[frozenset[int], ...]:
    found = [
        families.resolve(symbol)[1]
        for tree in trees
        for symbol in main_symbols(tree)
        if families.resolve(symbol)[0] == family
    ]
    counts = {len(indices) for indices in found}
    own = min(counts - {0}, default=0) if 0 not in counts or len(counts) < 3 else max(counts)
    return tuple(
        frozenset(
            int(index.text)
            for indices in found
            for index in indices[n : n + 1]
            if isinstance(index, Number) and index.text.isdigit()
        )
        for n in range(own)
    )


def _number(name: str, point: Point) -> Array:
    if point.digits:
        import mpmath

        return np.full((1, 1, 1), +getattr(mpmath, name), dtype=object)
    return np.full((1, 1, 1), getattr(np, name))
