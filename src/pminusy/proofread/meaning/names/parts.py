r"""Definitions written through the names of their parts.

Where `z = wx + b` and `a = \sigma(wx + b)`, a is a function of z as well, which `\frac{da}{dz}` asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.dependence import reach
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Derivative, Node, Symbol, is_literal, transform, walk


@dataclass(frozen=True)
class _Part:
    """A name that is differentiated by, as it is written, and what it stands for."""

    symbol: Symbol
    meaning: Meaning


def through_parts(
    definitions: dict[str, Meaning], trees: Iterable[Node], families: Families
) -> dict[str, Meaning]:
    """The definitions, with the expressions in them for which the page has a name and differentiates by it."""
    parts = list(_parts(definitions, trees, families))
    found = dict(definitions)
    for part in parts:
        reached = reach(found, families)
        for family, meaning in found.items():
            if family == part.meaning.family or family in reached[part.meaning.family]:
                continue
            body = _written_through(meaning.body, part, families)
            if body != meaning.body:
                found[family] = replace(meaning, body=body)
    return found


def _parts(definitions: dict[str, Meaning], trees: Iterable[Node], families: Families) -> Iterator[_Part]:
    seen = set[str]()
    for node in (n for tree in trees for n in walk(tree) if isinstance(n, Derivative)):
        for variable in node.variables:
            symbol = bare(variable)
            family, indices = families.resolve(symbol) if isinstance(symbol, Symbol) else ("", ())
            meaning = definitions.get(family)
            if meaning is None or family in seen or meaning.arguments or meaning.written:
                continue
            assert isinstance(symbol, Symbol)
            if len(indices) != len(meaning.parameters):
                continue
            seen.add(family)
            if not (isinstance(bare(meaning.body), Symbol) or is_literal(meaning.body)):
                yield _Part(symbol, meaning)


def _written_through(body: Node, part: _Part, families: Families) -> Node:
    def named(node: Node) -> Node:
        letters = _matched(bare(part.meaning.body), bare(node), frozenset(part.meaning.parameters))
        if letters is None or letters.keys() != set(part.meaning.parameters):
            return node
        return _at(part, letters, families)

    return transform(body, named)


def _at(part: _Part, letters: dict[str, Node], families: Families) -> Symbol:
    """The name of a part with other indices."""
    slots = {
        id(i): name for i, name in zip(families.resolve(part.symbol)[1], part.meaning.parameters, strict=True)
    }
    lower, upper = (
        tuple(letters[slots[id(index)]] if id(index) in slots else index for index in side)
        for side in (part.symbol.lower, part.symbol.upper)
    )
    return replace(part.symbol, lower=lower, upper=upper)


def _matched(pattern: Node, node: Node, free: frozenset[str]) -> dict[str, Node] | None:
    """What the free letters of a pattern stand for in a node; None where it is another expression."""
    if isinstance(pattern, Symbol) and not pattern.indices and pattern.name in free:
        return {pattern.name: node}
    if type(pattern) is not type(node):
        return None
    letters = dict[str, Node]()
    for field in fields(pattern):
        if not field.compare:
            continue
        mine, other = getattr(pattern, field.name), getattr(node, field.name)
        if isinstance(mine, Node):
            mine, other = (mine,), (other,)
        if not isinstance(mine, tuple):
            if mine != other:
                return None
            continue
        if not isinstance(other, tuple) or len(mine) != len(other):
            return None
        for one, another in zip(mine, other, strict=True):
            inner = _matched(one, another, free) if isinstance(one, Node) else {} if one == another else None
            if inner is None or any(letters.setdefault(name, each) != each for name, each in inner.items()):
                return None
    return letters
