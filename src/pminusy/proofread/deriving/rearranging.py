"""Moves that shorten products and sums: like factors and terms put together, common factors taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from pminusy.proofread.deriving.monomials import Monomial, Monomials, collected, monomials, ordered
from pminusy.proofread.rules.build import E, mul, neg, terms_of
from pminusy.proofread.rules.letters import mentions, put_in
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Add, Delta, Divide, Fold, Multiply, Negative, Node

MOST_TERMS = 8


def _together(node: Node, setting: Setting) -> Iterator[Move]:
    """Factors that cancel or stand several times, and fractions in fractions."""
    if not isinstance(node, Multiply | Divide) or not setting.is_scalar(node):
        return
    read = monomials(setting).read(node)
    yield Move(read.node(), "Equal factors cancel, or are put together")


def _like_terms(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Add) or not setting.is_scalar(node):
        return
    reader = monomials(setting)
    terms = [reader.read(term) for term in terms_of(node)]
    kept = collected(terms)
    if len(kept) < len(terms):
        yield Move(ordered(term.node() for term in kept), "Like terms are collected")


def _common(terms: list[Monomial]) -> Monomial:
    """What all of some products have in common, above or below the bar."""
    shared = Monomial()
    first, *others = terms
    for key, base in first.bases.items():
        exponents = [term.times.get(key, Fraction(0)) for term in terms]
        if base.exponent is not None and base.node != E:
            if all(key in term.bases for term in others):
                shared.bases[key], shared.times[key] = base, min(exponents)
        elif min(exponents) > 0:
            shared.put(key, base, min(exponents))
        elif max(exponents) < 0:
            shared.put(key, base, max(exponents))
    sizes = {abs(term.coefficient) for term in terms}
    if len(sizes) == 1:
        shared.coefficient = sizes.pop()
    elif all(size.denominator != 1 for size in sizes) and len({size.denominator for size in sizes}) == 1:
        shared.coefficient = Fraction(1, next(iter(sizes)).denominator)
    return shared


def _factor_out(node: Node, setting: Setting) -> Iterator[Move]:
    """The common factor of all terms of a sum, or of some."""
    if not isinstance(node, Add) or not setting.is_scalar(node):
        return
    reader = monomials(setting)
    terms = [reader.read(term) for term in terms_of(node)]
    if len(terms) > MOST_TERMS:
        return
    for chosen in _groups(terms):
        group = [terms[n] for n in chosen]
        shared = _common(group)
        if not shared.bases and shared.coefficient == 1:
            continue
        about = f"{tex(shared.node())} is common to the terms"
        yield from (Move(new, about) for new in _taken_out(reader, terms, chosen, shared))


def _taken_out(
    reader: Monomials, terms: list[Monomial], chosen: tuple[int, ...], shared: Monomial
) -> Iterator[Node]:
    inside = ordered(terms[n].over(shared).node() for n in chosen)
    parts = [reader.read(term) for term in terms_of(inside)]
    if len(collected(parts)) < len(parts):
        return  # they are multiplied out and collected instead
    rest = [term.node() for n, term in enumerate(terms) if n not in chosen]
    turned = ordered(neg(term) for term in terms_of(inside))
    for sign, bracket in ((1, inside), (-1, turned)):
        if sign < 0 and not (isinstance(inside, Add) and isinstance(inside.terms[0], Negative)):
            continue
        whole = _times(shared, bracket)
        whole = whole if sign > 0 else neg(whole)
        yield ordered([whole, *rest]) if chosen[0] == 0 else ordered([*rest, whole])


def _times(shared: Monomial, bracket: Node) -> Node:
    """A factor times a sum, over what is below the bar of the factor."""
    node = shared.node()
    if isinstance(node, Divide):
        return Divide(mul([node.numerator, bracket]), node.denominator)
    return mul([node, bracket])


def _groups(terms: list[Monomial]) -> Iterator[tuple[int, ...]]:
    """All terms, and the smaller groups that share a base."""
    every = tuple(range(len(terms)))
    seen = {every}
    yield every
    keys = Counter((key, times > 0) for term in terms for key, times in term.times.items())
    for (key, above), count in keys.items():
        if 2 <= count < len(terms):
            group = tuple(n for n in every if key in terms[n].times and (terms[n].times[key] > 0) == above)
            for size in (len(group), 2) if len(group) > 2 else (len(group),):
                for chosen in combinations(group, size):
                    if chosen not in seen:
                        seen.add(chosen)
                        yield chosen


def _signs(node: Node, _: Setting) -> Iterator[Move]:
    """Minus a sum, with its sign given to the terms."""
    if isinstance(node, Negative) and isinstance(node.body, Add):
        yield Move(ordered(terms_of(node)), "The minus sign applies to every term in the parentheses")
    elif isinstance(node, Negative) and isinstance(node.body, Multiply | Divide | Fold):
        yield from (Move(new, "The minus sign is given to the difference") for new in _turned(node.body))
    elif isinstance(node, Add) and isinstance(node.terms[0], Negative):
        new = ordered(terms_of(node))
        if new != node:
            yield Move(new, "The order of the terms does not matter")


def _turned(node: Node) -> Iterator[Node]:
    """A product with the signs of one of its sums turned."""
    if isinstance(node, Divide):
        yield from (Divide(above, node.denominator) for above in _turned(node.numerator))
    elif isinstance(node, Add):
        yield ordered(neg(term) for term in terms_of(node))
    elif isinstance(node, Fold) and node.kind == "sum":
        yield from (replace(node, body=body) for body in _turned(node.body))
    elif isinstance(node, Multiply):
        for n, factor in enumerate(node.factors):
            for turned in _turned(factor):
                yield mul([*node.factors[:n], turned, *node.factors[n + 1 :]])


def _contract(node: Node, setting: Setting) -> Iterator[Move]:
    """A sum over an index that a delta, somewhere in a product or fraction, picks one value of."""
    if not isinstance(node, Fold) or node.kind != "sum" or node.condition is not None:
        return
    read = monomials(setting).read(node.body)
    for key, base in read.bases.items():
        if not isinstance(base.node, Delta) or read.times[key] < 1:
            continue
        for binding in node.bindings:
            own = binding.index
            other = base.node.right if base.node.left == own else base.node.left
            if own not in (base.node.left, base.node.right) or mentions(other, {own.name}):
                continue
            rest = Monomial(read.coefficient, dict(read.bases), dict(read.times))
            rest.put(key, base, -read.times[key])
            body = put_in(rest.node(), {own.name: other}, setting)
            bindings = tuple(each for each in node.bindings if each is not binding)
            new = replace(node, bindings=bindings, body=body) if bindings else body
            yield Move(new, f"{tex(base.node)} leaves only the term with ${own.name} = {to_latex(other)}$")


CONTRACT = Rule("contract a delta", "insert a delta", _contract, Example(r"\sum_k z_k \delta_{ki}", "z_i"))
TOGETHER = Rule("cancel a factor", "multiply by one", _together, Example(r"\frac{a b}{a c}", r"\frac{b}{c}"))
LIKE_TERMS = Rule(
    "collect like terms", "add and subtract the same", _like_terms, Example("a + b + a", "2 a + b")
)
FACTOR_OUT = Rule("factor out", "expand", _factor_out, Example("a b + a c", "a (b + c)"))
SIGNS = Rule("signs", "signs", _signs, Example("-(a - b)", "b - a"))
