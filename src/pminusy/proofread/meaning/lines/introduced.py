r"""Names that are introduced inside a formula: `\tanh(Wx + b) = \tanh(z)` says that z is Wx + b."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import pairwise

from pminusy.proofread.meaning.names.definitions import FUNCTIONS, SIGMOIDS, Meaning, defined_by, main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.source.page import Chain
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Call,
    Divide,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transpose,
    is_literal,
    transform,
    walk,
)

_DRESS = frozenset(["opening", "closing"])  # fields of a node that change nothing in what it is
_E, _ERRORS = Symbol("e"), Symbol("e·")  # Euler's number, and a vector of that name


@dataclass(frozen=True)
class Introduced:
    """A name that stands on one side where an expression stands on the other, all else being the same."""

    name: Symbol | Call
    body: Node


def introductions(chains: list[Chain], at: int) -> Iterator[Introduced]:
    """The names that a chain may introduce: beside its own members, and what earlier chains say of its left side."""
    trees = [member.tree for member in chains[at].members]
    yield from (each for pair in pairwise(trees[1:]) for each in introduced_between(*pair))
    yield from introduced_between(trees[0], trees[1])
    for before in chains[:at]:
        if before.members[0].tree is not None and before.members[0].tree == trees[0]:
            yield from introduced_between(before.members[-1].tree, trees[1])


def meaning_of(introduced: Introduced, families: Families) -> Meaning | None:
    """What a name that was introduced stands for; None where its indices leave that open."""
    meaning = defined_by(introduced.name, introduced.body, families)
    if meaning is None or meaning.written:
        return None
    used = {symbol.name for symbol in main_symbols(meaning.body)}
    if not {argument.name for argument in meaning.arguments} <= used:
        return None
    return meaning if free_letters(meaning.body, families) <= set(meaning.parameters) else None


def introduced_between(left: Node | None, right: Node | None) -> tuple[Introduced, ...]:
    """The names by which two sides differ, each with what stands in its place; none where they differ otherwise."""
    if left is None or right is None:
        return ()
    if any(isinstance(n, Transpose | Norm) and n.body == _E for side in (left, right) for n in walk(side)):
        renamed = introduced_between(
            *(transform(side, lambda n: _ERRORS if n == _E else n) for side in (left, right))
        )
        return tuple(replace(each, name=_E) if each.name == _ERRORS else each for each in renamed)
    found = _differences(left, right)
    if not found or bare(left) in (found[0].name, found[0].body):
        return ()
    bodies = dict[Symbol | Call, Node]()
    same = all(bodies.setdefault(each.name, each.body) == each.body for each in found)
    named = {symbol.name for each in bodies.values() for symbol in main_symbols(each)}
    apart = not any(symbol.name in named for each in bodies for symbol in main_symbols(each))
    return tuple(Introduced(name, body) for name, body in bodies.items()) if same and apart else ()


def _differences(left: Node, right: Node) -> list[Introduced] | None:
    left, right = bare(left), bare(right)
    if left == right:
        return []
    if sigmoid := _as_sigmoid(left, right) or _as_sigmoid(right, left):
        return sigmoid
    for name, body in ((right, left), (left, right)):
        if is_name(name) and not (is_name(body) or is_literal(body)):
            assert isinstance(name, Symbol | Call)
            return [Introduced(name, body)]
    if type(left) is not type(right) or isinstance(left, Symbol | Binding):
        return None
    if isinstance(left, Add | Multiply):
        return _in_order(left, right)
    found: list[Introduced] = []
    for field in fields(left):
        if not field.compare or field.name in _DRESS:
            continue
        mine, other = getattr(left, field.name), getattr(right, field.name)
        if isinstance(mine, Node) and isinstance(other, Node):
            inner = _differences(mine, other)
        else:
            inner = [] if mine == other else _in_turn(mine, other)
        if inner is None:
            return None
        found += inner
    return found


def _as_sigmoid(call: Node, written: Node) -> list[Introduced]:
    r"""z from `\sigma(z)` where `\frac{1}{1 + e^{-u}}` stands on the other side."""
    if not isinstance(call, Call) or len(call.arguments) != 1 or not isinstance(written, Divide):
        return []
    name, below = call.arguments[0], bare(written.denominator)
    if not isinstance(name, Symbol) or not isinstance(below, Add) or call.function.name not in SIGMOIDS:
        return []
    one, *others = below.terms
    power = bare(others[0])
    exponent = power.exponent if isinstance(power, Power) and power.base == Symbol("e") else None
    if not isinstance(exponent, Negative) or len(others) > 1 or {written.numerator, one} != {Number("1")}:
        return []
    return [Introduced(name, exponent.body)]


def _in_turn(mine: object, others: object) -> list[Introduced] | None:
    """The differences of two sequences of nodes, place by place."""
    if not isinstance(mine, tuple) or not isinstance(others, tuple) or len(mine) != len(others):
        return None
    found: list[Introduced] = []
    for one, other in zip(mine, others, strict=True):
        inner = _differences(one, other) if isinstance(one, Node) and isinstance(other, Node) else None
        if inner is None:
            return None
        found += inner
    return found


def _in_order(left: Node, right: Node) -> list[Introduced] | None:
    """The differences of two sums or two products: what both have is left out, the rest taken in order."""
    mine, others = ([*_parts(side)] for side in (left, right))
    for part in tuple(mine):
        if part in others:
            mine.remove(part)
            others.remove(part)
    return _in_turn(tuple(mine), tuple(others))


def _parts(node: Node) -> Iterator[Node]:
    parts = node.terms if isinstance(node, Add) else node.factors if isinstance(node, Multiply) else ()
    return (bare(part) for part in parts)


def is_name(node: Node) -> bool:
    """Whether an expression is a name, or a function that no one knows of names."""
    if isinstance(node, Call):
        plain = all(isinstance(argument, Symbol) for argument in node.arguments)
        return plain and not node.primes and node.function.name not in FUNCTIONS
    return isinstance(node, Symbol) and not is_literal(node)
