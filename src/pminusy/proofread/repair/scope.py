"""What edits may use: the letters, numbers and expressions that the page offers for the step."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.syntax.parentheses import bare, grouped, product
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Component,
    Delta,
    Divide,
    Fold,
    Group,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transpose,
    transform,
    walk,
)

MOST_EXPRESSIONS, MOST_AT_A_PLACE = 40, 60
_SLOPES = {
    "cosh": "sinh", "sinh": "cosh", "sin": "cos", r"\sin": "cos", "cos": "sin", "abs": "sign", "exp": "exp",
}  # fmt: skip
SIGMOIDS = (r"\sigma", "sigmoid", "expit")


@dataclass(frozen=True)
class Scope:
    """The surroundings of a failing step."""

    problem: Problem

    @property
    def model(self) -> Model:
        """The page with its definitions and shapes."""
        return self.problem.model

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Index letters that are free in the step."""
        return tuple(letter for letter in self.problem.letters if self.model.is_letter(letter))

    @cached_property
    def free_on_left(self) -> frozenset[str]:
        """Index letters that the left side leaves free."""
        return free_letters(self.problem.left, self.model.families)

    @cached_property
    def summed(self) -> tuple[str, ...]:
        """Letters that sums of the page run over."""
        return tuple(sorted(self.model.families.bound - self.model.sizes.keys()))

    def index_slots(self, symbol: Symbol) -> list[tuple[str, int]]:
        """The index places of a symbol: ("lower" or "upper", position)."""
        indexed = self.model.families.indexed
        return [
            (side, n)
            for side in ("upper", "lower")
            for n in range(len(getattr(symbol, side)))
            if (symbol.name, side, n) in indexed
        ]

    def is_scalar(self, node: Node) -> bool:
        """Whether an expression has no axes besides its indices, as far as its symbols tell."""
        for each in walk(node):
            if isinstance(each, Symbol) and each.name not in self.model.families.letters:
                family, indices = self.model.families.resolve(each)
                if self.model.axis_count(family) > len(indices):
                    return False
        return True

    @cached_property
    def has_vectors(self) -> bool:
        """Whether vectors or matrices occur on the sides as wholes."""
        return not (self.is_scalar(self.problem.left) and self.is_scalar(self.problem.right))

    @cached_property
    def transpose(self) -> str:
        """The mark of a transpose, as the page writes it."""
        marks = (
            n.mark
            for tree in (*self._sources, *self.model.trees)
            for n in walk(tree)
            if isinstance(n, Transpose)
        )
        return next(marks, r"\top")

    @cached_property
    def numbers(self) -> tuple[Node, ...]:
        """Numbers, and the sizes that sums run up to, with their inverses."""
        two = Number("2")
        plain: list[Node] = [two, Divide(Number("1"), two)]
        for name in sorted(self.model.sizes):
            if any(Symbol(name) in walk(tree) for tree in self._sources):
                plain += [Symbol(name), Divide(Number("1"), Symbol(name))]
        written = {n.text for tree in self._sources for n in walk(tree) if isinstance(n, Number)}
        plain += [Number(text) for text in sorted(written - {"0", "1", "2"})]
        plain += [Number(text) for text in ("3", "4") if text not in written]
        return tuple(plain)

    @cached_property
    def _sources(self) -> tuple[Node, ...]:
        """The two sides, and the definitions that they rest on."""
        found: list[Node] = [self.problem.right, self.problem.left, self.problem.start]
        reached = set(self.problem.families)
        found += [meaning.body for name, meaning in self.model.definitions.items() if name in reached]
        return tuple(found)

    @cached_property
    def _expressions(self) -> tuple[Node, ...]:
        """Distinct expressions of the sources that may be factors, the nearest and smallest first."""
        found: dict[Node, float] = {}
        whole = (bare(self.problem.left), bare(self.problem.right))
        for far, tree in enumerate(self._sources):
            for node in walk(tree):
                for each in self._related(node):
                    if bare(each) in whole and not isinstance(bare(each), Symbol):
                        continue
                    size = sum(1 for _ in walk(each))
                    if size <= 24:
                        cost = size + 4.0 * min(far, 3)
                        found[each] = min(cost, found.get(each, cost))
        ranked = sorted(found, key=lambda node: (found[node], repr(node)))
        return tuple(ranked[:MOST_EXPRESSIONS])

    @cached_property
    def _entries(self) -> tuple[Node, ...]:
        """The entries of vectors that the left side asks for by its index, as those of x_i in a derivative by w_j."""
        free = [letter for letter in self.letters if letter in self.free_on_left]
        vectors = [n for n in self._expressions if isinstance(n, Symbol) and n.indices]
        return tuple(
            Component(Group(vector), (Symbol(letter),))
            for vector in vectors
            for letter in free
            if self.model.axis_count(self.model.families.resolve(vector)[0]) == len(vector.indices) + 1
        )

    def _related(self, node: Node) -> Iterator[Node]:
        """The expression itself, and what the chain rule makes of it."""
        if isinstance(node, Symbol) and self._is_quantity(node):
            yield node
            yield Group(Add((Number("1"), Negative(node))))
        if isinstance(node, Fold | Call | Divide | Power) or (
            isinstance(node, Group) and isinstance(node.body, Add)
        ):
            yield node
        if isinstance(node, Norm) and node.bar == "|":
            yield Call(Symbol("sign"), (node.body,))
        if isinstance(node, Call) and len(node.arguments) == 1:
            yield from _slopes(node)
            yield grouped(node.arguments[0])

    def _is_quantity(self, node: Symbol) -> bool:
        families = self.model.families
        name = families.resolve(node)[0]
        known = name in self.model.definitions or name in self.model.shapes.ranks
        is_index = node.name in families.letters and not node.indices
        called = any(
            isinstance(n, Call) and n.function.name == node.name for t in self._sources for n in walk(t)
        )
        return known and not is_index and not called and node.name not in self.model.sizes

    def expressions(self, bound: tuple[str, ...]) -> Iterator[Node]:
        """Factors for a place at which sums bind some letters, with every assignment of letters to their indices."""
        return itertools.islice(self._assigned(bound), MOST_AT_A_PLACE)

    def _assigned(self, bound: tuple[str, ...]) -> Iterator[Node]:
        letters = tuple(dict.fromkeys((*self.letters, *bound)))
        seen: set[Node] = set()
        for node in (*self._entries, *self._expressions):
            own = sorted(free_letters(node, self.model.families) & self.model.families.letters)
            for chosen in itertools.product(letters, repeat=len(own)) if len(own) <= 2 else ():
                renamed = rename(node, dict(zip(own, chosen, strict=True)))
                if renamed not in seen and not any(
                    isinstance(n, Delta) and n.left == n.right for n in walk(renamed)
                ):
                    seen.add(renamed)
                    yield renamed


def rename(node: Node, letters: dict[str, str]) -> Node:
    """The expression with index letters renamed, all at once."""
    if all(old == new for old, new in letters.items()):
        return node

    def change(each: Node) -> Node:
        if isinstance(each, Symbol) and not each.indices and each.name in letters:
            return Symbol(letters[each.name])
        return each

    return transform(node, change)


def _slopes(node: Call) -> Iterator[Node]:
    """The derivative of a function at its argument."""
    name, argument = node.function.name, node.arguments[0]
    if name in SIGMOIDS:
        yield product(node, Group(Add((Number("1"), Negative(node)))))
    elif name in ("tanh", r"\tanh"):
        yield Group(Add((Number("1"), Negative(Power(node, Number("2"))))))
    elif name in _SLOPES:
        yield Call(Symbol(_SLOPES[name]), (argument,))
    elif name in ("log", "ln"):
        yield Divide(Number("1"), argument)
        base = node.function.lower[0] if node.function.lower else Number("2")
        yield Call(Symbol("ln"), (base,))
    elif name.lstrip("\\").isalpha() and len(name.lstrip("\\")) == 1:
        yield Call(node.function, node.arguments, node.primes + 1)
