"""Slips to plant: each takes a place in a tree and says what a careless writer might have put there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pminusy.proofread.repair import slips
from pminusy.proofread.repair.places import Place
from pminusy.proofread.repair.slips import Slip
from pminusy.proofread.syntax.parentheses import without
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Delta,
    Divide,
    Fold,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Relation,
    Symbol,
    Transpose,
)

Change = tuple[Slip, Node]


def changes(place: Place, letters: tuple[str, ...]) -> Iterator[Change]:
    """Everything that a slip of the catalogue may make of the node at a place; `letters` are the indices in scope."""
    names = tuple(dict.fromkeys((*letters, *place.bound)))
    for plant in _PLANTS:
        yield from plant(place.node, names)


def _indices(node: Node, names: tuple[str, ...]) -> Iterator[Change]:
    if not isinstance(node, Symbol | Delta):
        return
    indices = node.lower if isinstance(node, Symbol) else (node.left, node.right)
    for n, index in enumerate(indices):
        for name in names:
            if isinstance(index, Symbol) and index.name in names and index.name != name:
                new = (*indices[:n], Symbol(name), *indices[n + 1 :])
                changed = replace(node, lower=new) if isinstance(node, Symbol) else Delta(*new)
                yield slips.WRONG_INDEX, changed
    if isinstance(node, Symbol) and len(indices) == 2 and indices[0] != indices[1]:
        yield slips.SWAPPED_INDICES, replace(node, lower=indices[::-1])


def _signs(node: Node, _: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(node, Negative):
        yield slips.SIGN, node.body
    if isinstance(node, Add):
        for n, term in enumerate(node.terms):
            flipped = term.body if isinstance(term, Negative) else Negative(term)
            yield slips.SIGN, Add((*node.terms[:n], flipped, *node.terms[n + 1 :]))
        if len(node.terms) == 2 and isinstance(node.terms[1], Negative):
            yield slips.ORDER, Add((node.terms[1].body, Negative(node.terms[0])))
        if len(node.terms) == 2 and isinstance(node.terms[0], Multiply):
            first = node.terms[0]
            yield slips.SUM_FOR_PRODUCT, Add((first.factors[0], *node.terms[1:]))


def _terms(node: Node, _: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(node, Add):
        for n in range(len(node.terms)):
            rest = (*node.terms[:n], *node.terms[n + 1 :])
            yield slips.TERM_LOST, rest[0] if len(rest) == 1 else Add(rest)
        inner = [
            (n, t) for n, t in enumerate(node.terms) if isinstance(t, Negative) and isinstance(t.body, Group)
        ]
        for n, term in inner:
            if isinstance(term.body.body, Add):
                first, *others = term.body.body.terms
                yield (
                    slips.NOT_DISTRIBUTED,
                    Add((*node.terms[:n], Negative(first), *others, *node.terms[n + 1 :])),
                )


def _sums(node: Node, names: tuple[str, ...]) -> Iterator[Change]:
    if not isinstance(node, Fold) or node.kind != "sum":
        return
    yield slips.SUM_LOST, node.body
    if node.condition is not None:
        yield slips.EXCLUSION_LOST, replace(node, condition=None)
    elif len(node.bindings) == 1:
        for name in names:
            if name != node.bindings[0].index.name:
                unequal = Relation(r"\ne", node.bindings[0].index, Symbol(name))
                yield slips.EXCLUSION_ADDED, replace(node, condition=unequal)
    if isinstance(node.body, Call) and len(node.body.arguments) == 1:
        moved = replace(node, body=node.body.arguments[0])
        yield slips.SUM_INSIDE, replace(node.body, arguments=(moved,))


def _factors(node: Node, _: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(node, Multiply):
        for n, factor in enumerate(node.factors):
            lost = slips.NUMBER_LOST if isinstance(factor, Number) else slips.DELTA_LOST
            lost = lost if isinstance(factor, Number | Delta) else slips.INNER_LOST
            yield lost, without(node, n)
            if isinstance(factor, Symbol | Group):
                yield slips.FACTOR_ADDED, Multiply((*node.factors, factor), (*node.signs, ""))
    if isinstance(node, Divide):
        yield slips.UPSIDE_DOWN, replace(node, numerator=node.denominator, denominator=node.numerator)
        yield slips.FACTOR_LOST, node.numerator
    if isinstance(node, Fold):
        yield slips.NUMBER_LOST, Multiply((Number("2"), node), ("",))


def _powers(node: Node, _: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.text.isdigit():
        yield slips.POWER, node.base
        yield slips.POWER, replace(node, exponent=Number(str(int(node.exponent.text) + 1)))
    if (
        isinstance(node, Divide)
        and isinstance(node.denominator, Power)
        and node.denominator.exponent == Number("2")
    ):
        yield slips.QUOTIENT_SQUARE, replace(node, denominator=node.denominator.base)
    if isinstance(node, Call) and len(node.arguments) == 1:
        yield slips.FUNCTION_LOST, Group(node.arguments[0])


def _matrices(node: Node, _: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(node, Transpose):
        yield slips.TRANSPOSE_LOST, node.body
    if isinstance(node, Multiply) and any(isinstance(f, Transpose) for f in node.factors):
        yield slips.COMMUTED, Multiply(node.factors[::-1], node.signs[::-1])


_PLANTS: tuple[Callable[[Node, tuple[str, ...]], Iterator[Change]], ...] = (
    _indices, _signs, _terms, _sums, _factors, _powers, _matrices,
)  # fmt: skip
