"""Sums: numbers added up, terms that cancel dropped, equal ones collected."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pminusy.proofread.rules.build import ONE, ZERO, number
from pminusy.proofread.rules.tidying.numbers import factors_of, fraction_of, split_sign
from pminusy.proofread.rules.tidying.signs import as_term
from pminusy.proofread.syntax.parentheses import bare, product
from pminusy.proofread.syntax.tree import Add, Negative, Node


def tidy_sum(node: Add, _: Callable[[Node], bool]) -> Node:
    """The sum, with what stood in parentheses where that lets terms be collected."""
    terms = [as_term(term) for term in node.terms]
    flat = [each for term in terms for each in _opened(term)]
    collected = _collected(flat)
    if len(collected) < len(flat):
        return _sum(collected)
    return _sum([_tidy_term(each) for term in terms for each in _unsigned_sum(term)])


def _tidy_term(term: Node) -> Node:
    minus, rest = split_sign(term)
    return Negative(rest) if minus else rest


def _unsigned_sum(term: Node) -> list[Node]:
    """The terms of a sum in parentheses that nothing stands before."""
    inner = bare(term)
    return list(inner.terms) if isinstance(inner, Add) else [term]


def _opened(term: Node) -> list[Node]:
    """The terms of a sum in parentheses, with a minus before it given to each."""
    minus, rest = split_sign(term)
    inner = bare(rest)
    if isinstance(inner, Add):
        opened = [each for part in inner.terms for each in _opened(part)]
        return [_negated(each) for each in opened] if minus else opened
    return [Negative(as_term(rest)) if minus else as_term(rest)]


def _negated(term: Node) -> Node:
    minus, rest = split_sign(term)
    return rest if minus else Negative(rest)


def _collected(terms: list[Node]) -> list[Node]:
    """Each kind of term once, where the first of the kind stood."""
    kinds: dict[Node, list[tuple[Fraction, Node]]] = {}
    for term in terms:
        coefficient, kind = _kind(term)
        kinds.setdefault(kind, []).append((coefficient, term))
    done: list[Node] = []
    for kind, members in kinds.items():
        if len(members) == 1:
            if members[0][0] != 0:
                done.append(members[0][1])
            continue
        total = sum((coefficient for coefficient, _ in members), Fraction(0))
        if total != 0:
            sized = number(abs(total)) if kind == ONE else _times(abs(total), kind)
            done.append(Negative(sized) if total < 0 else sized)
    return done


def _kind(term: Node) -> tuple[Fraction, Node]:
    """The number before a term, and the rest of it; of a number, the rest is 1."""
    minus, rest = split_sign(term)
    value, others = Fraction(-1 if minus else 1), []
    for factor in factors_of(rest):
        worth = fraction_of(factor)
        if worth is None:
            others.append(factor)
        else:
            value *= worth
    if not others:
        return value, ONE
    return value, bare(others[0]) if len(others) == 1 else product(*others)


def _times(value: Fraction, kind: Node) -> Node:
    return kind if value == 1 else product(number(value), kind)


def _sum(terms: list[Node]) -> Node:
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Add(tuple(terms))
