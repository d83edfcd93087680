"""Definitions with whole vectors, written out by their entries."""

from __future__ import annotations

from pminusy.proofread.rules.build import TWO, factors_of, mul, power, without_groups
from pminusy.proofread.rules.entries import entry_of
from pminusy.proofread.rules.families.differentials import is_column, is_row
from pminusy.proofread.rules.letters import spare
from pminusy.proofread.rules.setting import Known, Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Binding,
    Call,
    Fold,
    Multiply,
    Node,
    Norm,
    Power,
    Symbol,
    Transpose,
    map_children,
    walk,
)


class NoEntriesError(Exception):
    """An expression whose entries are not seen; it does not leave this room."""


def definitions_by_entries(setting: Setting) -> list[str] | None:
    """The definitions of a page with sums over entries in place of products of vectors; None where that fails."""
    letters = _Letters(setting)
    try:
        return [letters.written(known) for known in setting.equations]
    except NoEntriesError:
        return None


class _Letters:
    """Hands out letters for indices, and writes formulas with them."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        trees = [side for known in setting.equations for side in (known.left, known.right)]
        self.used = {node.name for tree in trees for node in walk(tree) if isinstance(node, Symbol)}

    def written(self, known: Known) -> str:
        """One definition by its entries."""
        left, right = known.left, Tidy()(without_groups(known.right))
        if isinstance(left, Symbol) and not self.setting.is_number(left):
            letter = self._spare()
            left, right = self._entry(left, letter), self._entry(right, letter)
        return f"{to_latex(left)} = {to_latex(self._sums(right))}"

    def _spare(self) -> Symbol:
        return Symbol(spare(self.used))

    def _entry(self, node: Node, letter: Symbol) -> Node:
        entry = entry_of(node, letter, self.setting)
        if entry is None:
            raise NoEntriesError
        return entry

    def _sums(self, node: Node) -> Node:
        """A number with the products of a row and a column in it as sums."""
        vector = _squared(node)
        if vector is not None and not self.setting.is_number(vector):
            letter = self._spare()
            return _sum(letter, power(self._entry(vector, letter), TWO))
        if isinstance(node, Multiply):
            return self._product(node)
        if isinstance(node, Transpose):
            raise NoEntriesError
        return map_children(node, self._sums) if not isinstance(node, Symbol) else node

    def _product(self, node: Multiply) -> Node:
        factors = factors_of(node)
        whole = [n for n, f in enumerate(factors) if not self._is_number(f)]
        if not whole:
            return mul(map(self._sums, factors))
        pair = [factors[n] for n in whole]
        if len(pair) != len(("row", "column")) or not is_row(pair[0], self.setting):
            raise NoEntriesError
        row, column = pair
        assert isinstance(row, Transpose)
        letter = self._spare()
        numbers = [self._sums(f) for f in factors if self._is_number(f)]
        return mul(
            [*numbers, _sum(letter, mul([self._entry(row.body, letter), self._entry(column, letter)]))]
        )

    def _is_number(self, node: Node) -> bool:
        if isinstance(node, Call) and len(node.arguments) == 1:
            return self._is_number(node.arguments[0]) or node.function.name in ("tr", "det", "logsumexp")
        return self.setting.is_number(node) and not is_column(node, self.setting)


def _squared(node: Node) -> Node | None:
    """What a squared length is of."""
    square = isinstance(node, Power) and node.exponent == TWO
    return node.base.body if isinstance(node, Power) and square and isinstance(node.base, Norm) else None


def _sum(letter: Symbol, body: Node) -> Node:
    return Fold("sum", (Binding(letter),), body)
