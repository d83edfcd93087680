r"""Which subscripts are indices and which are part of a name.

In `x_i` with a sum over i somewhere, i is an index; in `W_{xh}`, `p_t` or `W_1` the subscript may only tell one symbol
from another. A page shows which: a slot whose letter is summed over, compared, or varies is an index slot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pminusy.proofread.syntax.tree import (
    Binding,
    Component,
    Delta,
    Derivative,
    Fold,
    Group,
    Indicator,
    Inner,
    Multiply,
    Node,
    Norm,
    Number,
    Power,
    Relation,
    Symbol,
    Transpose,
    children,
    walk,
)

Slot = tuple[str, str, int]
_USUAL_INDICES = frozenset("ijklmnrst")


@dataclass(frozen=True)
class Families:
    """Names with their index slots.

    Attributes
    ----------
    indexed : frozenset of (name, "lower" or "upper", position)
        Slots that hold indices; in all others the subscript is part of the name.
    letters : frozenset of str
        Names that serve as indices.
    bound : frozenset of str
        Those that some sum runs over.
    split : frozenset of (name, int)
        Families that with so many indices are another quantity: L_i beside a number L.
    layered : frozenset of str
        Names that with each letter are another quantity: a_k of the output layer, a_j of the hidden one.
    """

    indexed: frozenset[Slot]
    letters: frozenset[str]
    bound: frozenset[str]
    split: frozenset[tuple[str, int]] = frozenset()
    layered: frozenset[str] = frozenset()

    def resolve(self, symbol: Symbol) -> tuple[str, tuple[Node, ...]]:
        """The family that a symbol belongs to, and its indices."""
        name, indices = symbol.name, list[Node]()
        for side, nodes in (("upper", symbol.upper), ("lower", symbol.lower)):
            for position, node in enumerate(nodes):
                if (symbol.name, side, position) in self.indexed:
                    indices.append(node)
                else:
                    name += ("_" if side == "lower" else "^") + f"{{{label(node)}}}"
        if name in self.layered and indices:
            name += "@" + ",".join(label(index) for index in indices)
        if (name, len(indices)) in self.split:
            name += "·" * len(indices)
        return name, tuple(indices)


def _subscripts(node: Node) -> set[str]:
    r"""Small letters that stand as subscripts in an expression: what a bare `\sum` runs over, if it is one."""
    found = (i for s in walk(node) if isinstance(s, Symbol) for i in s.lower if isinstance(i, Symbol))
    return {i.name for i in found if not i.indices and len(i.name) == 1 and i.name.islower()}


def label(node: Node) -> str:
    """A subscript as part of a name."""
    if isinstance(node, Symbol):
        inner = "".join(label(index) for index in node.indices)
        return node.name + (f"_{{{inner}}}" if inner else "")
    if isinstance(node, Number):
        return node.text
    return "".join(label(child) for child in children(node))


def find_families(trees: Iterable[Node], conditions: Iterable[Node]) -> Families:
    """The families of a page, from all its formulas and conditions."""
    trees = list(trees)
    slots: defaultdict[Slot, list[Node]] = defaultdict(list)
    main: set[str] = set()
    whole: set[str] = set()
    compared = {name for condition in conditions for name in _compared(condition)}
    bound: set[str] = set()
    vectors = {name for tree in trees for name in _whole_vectors(tree)}
    for tree in trees:
        for symbol, is_index in _symbols(tree):
            if not is_index:
                main.add(symbol.name)
            if not symbol.upper:
                whole.add(symbol.name)
            for side, nodes in (("upper", symbol.upper), ("lower", symbol.lower)):
                for position, index in enumerate(nodes):
                    slots[symbol.name, side, position].append(index)
        for node in walk(tree):
            if isinstance(node, Binding):
                bound.add(node.index.name)
            elif isinstance(node, Fold) and not node.bindings and len(letters := _subscripts(node.body)) == 1:
                bound |= letters
            elif isinstance(node, Delta | Indicator | Fold):
                compared |= _compared(node)
    compared -= {name for name in compared if name in main and name not in bound}
    of_vectors = {
        index.name
        for (name, _, _), nodes in slots.items()
        if name in vectors
        for index in nodes
        if isinstance(index, Symbol) and not index.indices and len(index.name) == 1 and index.name.islower()
    }
    return _settle(slots, main, bound, bound | compared | (of_vectors - main), whole)


def _settle(
    slots: dict[Slot, list[Node]], main: set[str], bound: set[str], letters: set[str], whole: set[str]
) -> Families:
    indexed: set[Slot] = set()
    grown = True
    while grown:
        grown = False
        for slot, nodes in slots.items():
            if slot in indexed or not _is_indexed(nodes, letters, main):
                continue
            beside = {
                other
                for other, each in slots.items()
                if other[0] == slot[0]
                and _are_letters(each, main)
                and not _is_label(other, each, letters, whole)
            }
            indexed |= {slot} | beside
            found = [node for other in {slot} | beside for node in slots[other]]
            letters |= {
                node.name
                for node in found
                if isinstance(node, Symbol) and not node.indices and node.name not in main
            }
            grown = True
    return Families(frozenset(indexed), frozenset(letters), frozenset(bound))


def _is_label(slot: Slot, nodes: list[Node], letters: set[str], whole: set[str]) -> bool:
    """Whether one letter, which is no index elsewhere, tells a name from the one without it."""
    names = {node.name for node in nodes if isinstance(node, Symbol)}
    alone = len(names) == 1 and not names & (letters | _USUAL_INDICES)
    return slot[1] == "upper" and alone and slot[0] in whole


def _are_letters(nodes: list[Node], main: set[str]) -> bool:
    """Whether a slot beside one that holds indices holds single letters only."""
    return all(
        isinstance(node, Symbol)
        and not node.indices
        and len(node.name) == 1
        and node.name.islower()
        and node.name not in main
        for node in nodes
    )


def _parameter(node: Node, main: set[str]) -> Symbol | None:
    r"""The σ of a label such as that of `s_{\sigma^2}`, where σ stands by itself on the page."""
    base = node.base if isinstance(node, Power) else node
    if not isinstance(base, Symbol) or base.name not in main or base.lower:
        return None
    return Symbol(base.name) if all(isinstance(above, Number) for above in base.upper) else None


def _is_indexed(nodes: list[Node], letters: set[str], main: set[str]) -> bool:
    nodes = [_parameter(node, main - letters) or node for node in nodes]
    names = {node.name for node in nodes if isinstance(node, Symbol) and not node.indices}
    if names & letters or any(isinstance(node, Symbol) and node.name == ":" for node in nodes):
        return True
    if any(not isinstance(node, Symbol | Number) for node in nodes):
        return True
    if any(isinstance(node, Symbol) and node.indices for node in nodes):
        return True
    return len({name for name in names if name not in main and not name.isupper()}) > 1


def _whole_vectors(tree: Node) -> Iterator[str]:
    r"""Names that stand without indices as vectors do: transposed or times that, in a norm, under `\nabla`."""
    for node in walk(tree):
        inside: tuple[Node, ...] = ()
        if isinstance(node, Transpose) or (isinstance(node, Norm) and node.bar != "|"):
            inside = (node.body,)
        elif isinstance(node, Inner):
            inside = (node.left, node.right)
        elif isinstance(node, Multiply) and any(isinstance(f, Transpose) for f in node.factors):
            inside = tuple(f.body for f in node.factors if isinstance(f, Group))
        elif isinstance(node, Derivative) and node.form == "nabla":
            inside = node.variables
        for each in inside:
            yield from (n.name for n in walk(each) if isinstance(n, Symbol) and not n.indices)


def _compared(node: Node) -> set[str]:
    """Letters on the two sides of δ or of a relation between indices."""
    found: set[str] = set()
    for each in walk(node):
        if isinstance(each, Delta | Relation):
            for side in (each.left, each.right):
                found |= {n.name for n in _terms(side) if not n.indices and len(n.name.rstrip("'")) == 1}
    return found


def _terms(node: Node) -> Iterator[Symbol]:
    """The symbols of an expression, but none of a product of several: one of these is a stride."""
    if isinstance(node, Symbol):
        yield node
        for index in node.indices:
            yield from _terms(index)
    elif not isinstance(node, Multiply) or sum(isinstance(f, Symbol) for f in node.factors) < 2:
        for child in children(node):
            yield from _terms(child)


def _symbols(node: Node, is_index: bool = False) -> Iterator[tuple[Symbol, bool]]:
    """All symbols below a node, each with whether it stands as an index."""
    if isinstance(node, Symbol):
        yield node, is_index
        for index in node.indices:
            yield from _symbols(index, True)
    elif isinstance(node, Delta | Relation):
        yield from _symbols(node.left, True)
        yield from _symbols(node.right, True)
    elif isinstance(node, Binding):
        for limit in (node.low, node.high):
            if limit is not None:
                yield from _symbols(limit, True)
    elif isinstance(node, Component):
        yield from _symbols(node.body, is_index)
        for index in node.indices:
            yield from _symbols(index, True)
    else:
        for child in children(node):
            yield from _symbols(child, is_index)
