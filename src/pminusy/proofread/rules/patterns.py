"""Formulas with letters that stand for anything, found in other formulas in any order of terms and factors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from pminusy.proofread.rules.build import add, factors_of, mul, terms_of
from pminusy.proofread.rules.makeup import LOOKS
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tree import Add, Call, Group, Multiply, Node, Symbol, map_children
from pminusy.proofread.syntax.vocabulary import Vocabulary

_CALLED = (r"\Gamma", r"\psi", r"\sigma", r"\Phi")
ANYTHING = frozenset("uvwnmabXYZ")
Found = dict[str, Node]


@cache
def pattern(latex: str) -> Node:
    """A pattern as LaTeX; the letters u, v, w, n, m, a, b, X, Y and Z stand for anything."""
    return Tidy()(_functions(parse(tokenize(latex), Vocabulary(), len(latex))))


def _functions(node: Node) -> Node:
    r"""`\Gamma(u)` is read as a product where nothing else tells; in a pattern it is a call."""
    node = map_children(node, _functions)
    if isinstance(node, Multiply):
        factors = list(node.factors)
        for n in range(len(factors) - 2, -1, -1):
            name, group = factors[n], factors[n + 1]
            if isinstance(name, Symbol) and name.name in _CALLED and isinstance(group, Group):
                factors[n : n + 2] = [Call(name, (group.body,))]
        if len(factors) < len(node.factors):
            return factors[0] if len(factors) == 1 else Multiply(tuple(factors), ("",) * (len(factors) - 1))
    return node


def instances(wanted: Node, node: Node) -> Iterator[tuple[Found, Node | None]]:
    """What the letters stand for where the formula, or some of its terms or factors, is the pattern; and the rest."""
    if isinstance(wanted, Add) and isinstance(node, Add):
        for found, rest in _some(terms_of(wanted), terms_of(node), {}):
            yield found, add(rest) if rest else None
            return
    elif isinstance(wanted, Multiply) and isinstance(node, Multiply):
        for found, rest in _some(factors_of(wanted), factors_of(node), {}):
            yield found, mul(rest) if rest else None
            return
    else:
        for found in _whole(wanted, node, {}):
            yield found, None
            return


def filled(wanted: Node, found: Found) -> Node:
    """The pattern with what its letters stand for."""
    if isinstance(wanted, Symbol) and not wanted.indices:
        return found.get(wanted.name, wanted)
    return map_children(wanted, lambda child: filled(child, found))


def _whole(wanted: Node, node: Node, found: Found) -> Iterator[Found]:
    if isinstance(wanted, Symbol) and not wanted.indices and wanted.name in ANYTHING:
        if wanted.name not in found:
            yield {**found, wanted.name: node}
        elif found[wanted.name] == node:
            yield found
        return
    if isinstance(wanted, Add) and isinstance(node, Add):
        yield from _all(terms_of(wanted), terms_of(node), found, add)
    elif isinstance(wanted, Multiply) and isinstance(node, Multiply):
        yield from _all(factors_of(wanted), factors_of(node), found, mul)
    elif type(wanted) is type(node) and not isinstance(wanted, Add | Multiply):
        names = [f.name for f in fields(wanted) if f.name not in LOOKS]
        yield from _fields([getattr(wanted, n) for n in names], [getattr(node, n) for n in names], found)


def _fields(wanted: list[Any], values: list[Any], found: Found) -> Iterator[Found]:
    if not wanted:
        yield found
        return
    for each in _field(wanted[0], values[0], found):
        yield from _fields(wanted[1:], values[1:], each)


def _field(wanted: object, value: object, found: Found) -> Iterator[Found]:
    if isinstance(wanted, Node) and isinstance(value, Node):
        yield from _whole(wanted, value, found)
    elif isinstance(wanted, tuple) and isinstance(value, tuple):
        if len(wanted) == len(value):
            yield from _fields(list(wanted), list(value), found)
    elif wanted == value:
        yield found


def _all(
    wanted: list[Node], parts: list[Node], found: Found, join: Callable[[list[Node]], Node]
) -> Iterator[Found]:
    """All terms or factors; a letter that stands alone takes what no other part of the pattern does."""
    loose = [
        w
        for w in wanted
        if isinstance(w, Symbol) and not w.indices and w.name in ANYTHING and w.name not in found
    ]
    if loose:
        firm = [w for w in wanted if w is not loose[-1]]
        for each, rest in _some(firm, parts, found):
            if rest:
                yield {**each, loose[-1].name: join(rest)}
    elif len(wanted) == len(parts):
        for each, _ in _some(wanted, parts, found):
            yield each


def _some(wanted: list[Node], parts: list[Node], found: Found) -> Iterator[tuple[Found, list[Node]]]:
    if not wanted:
        yield found, parts
        return
    for n, part in enumerate(parts):
        for each in _whole(wanted[0], part, found):
            yield from _some(wanted[1:], parts[:n] + parts[n + 1 :], each)
