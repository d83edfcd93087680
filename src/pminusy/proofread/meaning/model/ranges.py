"""What the indices and limits of a page run over: the sizes drawn for them, and where counting begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pminusy.proofread.meaning.model.point import Array, Point
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, SQUARED, Meaning, main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.names.literals import Slot, written_out
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


@dataclass
class Ranges:
    """Sizes and ranges by the names of limits, the slots of families and the letters in them.

    `families`, `definitions`, `shapes` and `trees` are those of the page's model, `small` is whether sizes must be.
    """

    families: Families
    definitions: dict[str, Meaning]
    shapes: Shapes
    trees: tuple[Node, ...]
    small: bool = False

    def draw_sizes(self, turn: int) -> dict[int, int]:
        """A size for every length class, different ones for different classes as far as they go."""
        lengths, classes = self.shapes.lengths, self.shapes.lengths.classes()
        ranges = {lengths.find(slot) for slot in self.shapes.slots.values()}
        usual = SIZES if len(ranges) <= MOST_RANGES and not self.small else SMALL_SIZES
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
        return self.range_of_letter(
            letter, (*nodes, *(meaning.body for meaning in self.definitions.values())), point
        )

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


def _letter_of(index: Node) -> str:
    if isinstance(index, Symbol) and not index.indices:
        return index.name
    if isinstance(index, Add):
        names = [term.name for term in index.terms if isinstance(term, Symbol)]
        if len(names) == 1 and all(isinstance(t, Symbol | Number | Negative) for t in index.terms):
            return names[0]
    return ""
