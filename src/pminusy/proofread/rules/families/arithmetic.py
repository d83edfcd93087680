"""Sums, products and fractions rearranged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from pminusy.proofread.rules.build import (
    ONE,
    TWO,
    E,
    add,
    div,
    factors_of,
    mul,
    neg,
    number,
    power,
    split_fraction,
    terms_of,
    value_of,
)
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import Add, Divide, Multiply, Negative, Node, Power

MOST_TERMS = 24


def _expand(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Multiply):
        factors = factors_of(node)
        for n, factor in enumerate(factors):
            if isinstance(factor, Add) and len(factor.terms) <= MOST_TERMS:
                before, after = factors[:n], factors[n + 1 :]
                terms = [mul([*before, term, *after]) for term in terms_of(factor)]
                yield Move(add(terms), f"Every term of {tex(factor)} is multiplied by the other factors")
    elif isinstance(node, Negative) and isinstance(node.body, Add):
        yield Move(add(terms_of(node)), "The minus sign applies to every term in the parentheses")


def _square(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Power) and isinstance(node.base, Add) and node.exponent == TWO:
        terms = terms_of(node.base)
        if len(terms) <= 4 and setting.is_scalar(node):
            squares = [power(t.body if isinstance(t, Negative) else t, TWO) for t in terms]
            mixed = [mul([TWO, a, b]) for n, a in enumerate(terms) for b in terms[n + 1 :]]
            yield Move(
                add([squares[0], *mixed, *squares[1:]]), "The square of a sum: $(a + b)^2 = a^2 + 2ab + b^2$"
            )


def _difference_of_squares(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Multiply):
        return
    factors = factors_of(node)
    sums = [f for f in factors if isinstance(f, Add) and len(f.terms) == 2]
    for n, one in enumerate(sums):
        for other in sums[n + 1 :]:
            a, b = one.terms
            if other == add([a, neg(b)]) or other == add([neg(b), a]):
                rest = [f for f in factors if f is not one and f is not other]
                yield Move(
                    mul(
                        [
                            add([power(a, TWO), neg(power(b.body if isinstance(b, Negative) else b, TWO))]),
                            *rest,
                        ]
                    ),
                    "$(a + b)(a - b) = a^2 - b^2$",
                )


def _split(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Divide) and isinstance(node.numerator, Add):
        terms = [div(term, node.denominator) for term in terms_of(node.numerator)]
        yield Move(add(terms), "Every term above the bar gets a fraction of its own")


def _join(node: Node, setting: Setting) -> Iterator[Move]:
    """Fractions brought over one denominator."""
    if not isinstance(node, Add) or not any(split_fraction(term)[1] for term in node.terms):
        return
    terms = terms_of(node)
    parts = [split_fraction(term) for term in terms]
    common: Counter[Node] = Counter()
    for _, below in parts:
        common |= _counted(below)
    above = []
    for up, below in parts:
        missing = common - _counted(below)
        above.append(mul([*up, *_listed(missing)]))
    new = div(add(above), mul(_listed(common)))
    yield Move(new, "The terms are brought over a common denominator")


def _counted(factors: list[Node]) -> Counter[Node]:
    found = Counter[Node]()
    for factor in factors:
        value = value_of(factor.exponent) if isinstance(factor, Power) and factor.base != E else None
        if isinstance(factor, Power) and value is not None and value.denominator == 1 and value > 0:
            found[factor.base] += int(value)
        else:
            found[factor] += 1
    return found


def _listed(factors: Counter[Node]) -> list[Node]:
    return [power(factor, number(times)) for factor, times in factors.items()]


def _cancel(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Multiply | Divide) or not setting.is_scalar(node):
        return
    above, below = map(_counted, split_fraction(node))
    common = above & below
    whole = value_of(mul([f for f in above.elements() if value_of(f) is not None]))
    down = value_of(mul([f for f in below.elements() if value_of(f) is not None]))
    if common:
        new = div(mul(_listed(above - common)), mul(_listed(below - common)))
        factors = ", ".join(tex(f) for f in common)
        yield Move(new, f"{factors} stands above and below the bar and cancels")
    elif whole is not None and down not in (None, 0, 1) and below:
        ratio = Fraction(whole) / Fraction(down)
        rest = [[f for f in side.elements() if value_of(f) is None] for side in (above, below)]
        ups, downs = [number(abs(ratio.numerator)), *rest[0]], [number(ratio.denominator), *rest[1]]
        new = div(mul(ups), mul(downs))
        yield Move(new if ratio > 0 else neg(new), "The numbers above and below the bar are reduced")


def _cancel_sum(node: Node, setting: Setting) -> Iterator[Move]:
    """A factor that every term above the bar has, cancelled with the one below."""
    if not isinstance(node, Divide) or not isinstance(node.numerator, Add):
        return
    parts = [split_fraction(term) for term in terms_of(node.numerator)]
    common = _counted(split_fraction(node.denominator)[0])
    for up, _ in parts:
        common &= _counted(up)
    if common:
        terms = [div(mul(_listed(_counted(up) - common)), mul(down)) for up, down in parts]
        below = mul(_listed(_counted(split_fraction(node.denominator)[0]) - common))
        yield Move(
            div(add(terms), below),
            f"{tex(mul(_listed(common)))} is a factor above and below the bar and cancels",
        )


def _nested(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Divide) and (
        isinstance(node.numerator, Divide) or isinstance(node.denominator, Divide)
    ):
        above, below = split_fraction(node)
        yield Move(div(mul(above), mul(below)), "Dividing by a fraction is multiplying by its reciprocal")
    if isinstance(node, Divide) and isinstance(node.denominator, Add):
        parts = [split_fraction(term)[1] for term in node.denominator.terms]
        inner: Counter[Node] = Counter()
        for part in parts:
            inner |= _counted(part)
        if inner:
            scale = _listed(inner)
            cleared = add(_times(term, inner) for term in terms_of(node.denominator))
            yield Move(
                div(mul([node.numerator, *scale]), cleared),
                f"Numerator and denominator are multiplied by {tex(mul(scale))}",
            )


def _times(term: Node, scale: Counter[Node]) -> Node:
    up, down = split_fraction(term)
    return mul([*up, *_listed(scale - _counted(down))])


def _collect(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Add):
        return
    sums: dict[tuple[Node, ...], Fraction] = {}
    order: dict[tuple[Node, ...], list[Node]] = {}
    for term in terms_of(node):
        coefficient, rest = _coefficient(term)
        key = tuple(sorted(rest, key=repr)) if setting.is_scalar(term) else tuple(rest)
        sums[key] = sums.get(key, Fraction(0)) + coefficient
        order.setdefault(key, rest)
    if len(sums) == len(terms_of(node)) and all(sums.values()):
        return
    terms = [_scaled(sums[key], order[key]) for key in sums if sums[key]]
    yield Move(add(terms), "Like terms are collected")


def _coefficient(term: Node) -> tuple[Fraction, list[Node]]:
    coefficient = Fraction(1)
    rest: list[Node] = []
    above, below = split_fraction(term)
    for factor in above:
        value = value_of(factor)
        if value is None:
            rest.append(factor)
        else:
            coefficient *= value
    for factor in below:
        value = value_of(factor)
        if not value:
            rest.append(div(ONE, factor))
        else:
            coefficient /= value
    return coefficient, rest


def _scaled(coefficient: Fraction, rest: list[Node]) -> Node:
    return mul([number(coefficient), *rest]) if coefficient != 1 else mul(rest)


RULES = tuple(
    Rule(name, back, apply, Example(before, after), rearranges=True)
    for name, back, apply, before, after in (
        ("expand", "factor out", _expand, "a (b + c)", "a b + a c"),
        ("square of a sum", "complete the square", _square, "(a + b)^2", "a^2 + 2 a b + b^2"),
        (
            "difference of squares",
            "factor a difference of squares",
            _difference_of_squares,
            "(a + b)(a - b)",
            "a^2 - b^2",
        ),
        ("split a fraction", "join fractions", _split, r"\frac{a + b}{c}", r"\frac{a}{c} + \frac{b}{c}"),
        (
            "common denominator",
            "separate fractions",
            _join,
            r"\frac{a}{b} + \frac{c}{h}",
            r"\frac{a h + c b}{b h}",
        ),
        ("cancel a factor", "multiply by one", _cancel, r"\frac{a b}{a c}", r"\frac{b}{c}"),
        (
            "cancel a common factor",
            "multiply numerator and denominator",
            _cancel_sum,
            r"\frac{a b + a c}{a}",
            "b + c",
        ),
        (
            "clear a double fraction",
            "write as a double fraction",
            _nested,
            r"\frac{a}{\frac{b}{c}}",
            r"\frac{a c}{b}",
        ),
        ("collect like terms", "add and subtract the same", _collect, "a + b + a", "2 a + b"),
    )
)
