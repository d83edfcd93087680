"""Edits of signs: one term, all terms but the first, a difference turned round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair.places import Edit, Place
from pminusy.proofread.repair.scope import SIGMOIDS, Scope
from pminusy.proofread.repair.slips import (
    COMPLEMENT,
    NOT_DISTRIBUTED,
    NOT_MULTIPLIED_OUT,
    ORDER,
    SIGN,
    SUM_FOR_PRODUCT,
    TERM_ADDED,
)
from pminusy.proofread.syntax.parentheses import grouped, negated
from pminusy.proofread.syntax.tree import (
    Add,
    Branch,
    Call,
    Cases,
    Derivative,
    Fold,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
)


def flip_sign(place: Place, _: Scope) -> Iterator[Edit]:
    """The other sign before a term."""
    node, parent = place.node, place.parent
    if isinstance(node, Negative) and not (_is_exponent(place) and node.body == Number("1")):
        yield Edit(node, node.body, SIGN)
    elif isinstance(parent, Add | Fold | Cases) or parent is None or _is_exponent(place):
        yield Edit(node, negated(node), SIGN, 0.3 if isinstance(node, Add) else 0.0)
    elif isinstance(parent, Group) and not isinstance(node, Add):
        yield Edit(node, negated(node), SIGN, 0.2)


def _is_exponent(place: Place) -> bool:
    return isinstance(place.parent, Power) and place.parent.exponent is place.node


def flip_signs(place: Place, _: Scope) -> Iterator[Edit]:
    """The other sign before some terms at once."""
    node = place.node
    if isinstance(node, Add):
        if len(node.terms) == 2 and isinstance(node.terms[1], Negative):
            yield Edit(node, Add((node.terms[1].body, negated(node.terms[0]))), ORDER)
        yield Edit(node, Add(tuple(negated(term) for term in node.terms)), NOT_DISTRIBUTED, 0.2)
        yield Edit(node, Add((node.terms[0], *(negated(term) for term in node.terms[1:]))), NOT_DISTRIBUTED)


def complement(place: Place, scope: Scope) -> Iterator[Edit]:
    """`f` for `1 - f`, and the other way round."""
    node = place.node
    if isinstance(node, Add) and len(node.terms) == 2 and node.terms[0] == Number("1"):
        if isinstance(node.terms[1], Negative):
            yield Edit(node, node.terms[1].body, COMPLEMENT)
    elif isinstance(node, Call) and node.function.name in SIGMOIDS and len(node.arguments) == 1:
        yield Edit(node, replace(node, arguments=(negated(node.arguments[0]),)), COMPLEMENT)
    if _may_be_chance(node, scope) and not isinstance(place.parent, Add | Derivative):
        yield Edit(node, Group(Add((Number("1"), Negative(node)))), COMPLEMENT, 0.1)


def _may_be_chance(node: Node, scope: Scope) -> bool:
    """Whether it may be a probability: a sigmoid, or something that the page defines."""
    if isinstance(node, Call):
        return node.function.name in SIGMOIDS
    return isinstance(node, Symbol) and scope.problem.definition_of(node) is not None


def drop_term(place: Place, _: Scope) -> Iterator[Edit]:
    """A sum without one of its terms."""
    node = place.node
    if isinstance(node, Add):
        for n in range(len(node.terms)):
            rest = node.terms[:n] + node.terms[n + 1 :]
            yield Edit(node, rest[0] if len(rest) == 1 else Add(rest), TERM_ADDED)


def multiply_terms(place: Place, _: Scope) -> Iterator[Edit]:
    """A product where a sum stands, or a factor for all terms instead of the first."""
    node = place.node
    if not isinstance(node, Add):
        return
    if not any(isinstance(term, Number) for term in node.terms):
        positive = [term.body if isinstance(term, Negative) else term for term in node.terms]
        yield Edit(
            node, Multiply(tuple(map(grouped, positive)), ("",) * (len(positive) - 1)), SUM_FOR_PRODUCT
        )
    for n, term in enumerate(node.terms):
        body = term.body if isinstance(term, Negative) else term
        if isinstance(body, Multiply) and n + 1 < len(node.terms):
            yield Edit(node, _spread(node, n, body, isinstance(term, Negative)), NOT_MULTIPLIED_OUT)


def _spread(node: Add, n: int, term: Multiply, minus: bool) -> Node:
    """From the nth term on, its factors but the last multiply everything that follows."""
    inside = Group(Add((term.factors[-1], *node.terms[n + 1 :])))
    whole: Node = Multiply((*term.factors[:-1], inside), term.signs)
    whole = Negative(whole) if minus else whole
    return Add((*node.terms[:n], whole)) if n else whole


def change_case(place: Place, _: Scope) -> Iterator[Edit]:
    """Another sign or value in one of the cases."""
    node = place.node
    if isinstance(node, Cases):
        for n, branch in enumerate(node.branches):
            for other in (Number("0"), Number("1")):
                rows = (*node.branches[:n], Branch(other, branch.condition), *node.branches[n + 1 :])
                yield Edit(node, Cases(rows), TERM_ADDED, 0.3)
