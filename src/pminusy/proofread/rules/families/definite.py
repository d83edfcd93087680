"""Definite integrals that every table has: of Gauss and of Euler."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.rules.build import (
    HALF,
    ONE,
    TWO,
    ZERO,
    E,
    add,
    div,
    factors_of,
    mul,
    neg,
    power,
    split_fraction,
    terms_of,
)
from pminusy.proofread.rules.families.antiderivatives import has
from pminusy.proofread.rules.families.integrals import INFINITY
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Call, Integral, Negative, Node, Number, Power, Symbol

_PI = Symbol(r"\pi")


def _gauss(node: Node, setting: Setting) -> Iterator[Move]:
    """e to a quadratic function, over the whole line or, without a linear term, over half of it."""
    if not isinstance(node, Integral) or node.high != INFINITY:
        return
    body, x = node.body, node.variable
    if not isinstance(body, Power) or body.base != E:
        return
    found = _coefficients(body.exponent, x)
    if found is None or 2 not in found or not found.keys() <= {0, 1, 2}:
        return
    width, slope = neg(found[2]), found.get(1, ZERO)
    value: Node = Call(Symbol("sqrt"), (div(_PI, width),), opening="(")
    if node.low == ZERO and slope == ZERO:
        value = div(value, TWO)
    elif node.low != neg(INFINITY):
        return
    shift = ZERO if slope == ZERO else div(power(slope, TWO), mul([Number("4"), width]))
    exponent = add([found.get(0, ZERO), shift])
    whole = value if exponent == ZERO else mul([power(E, exponent), value])
    yield Move(
        whole,
        r"The integral of Gauss, $\int_{-\infty}^{\infty} e^{-a x^2 + b x} dx = e^{b^2 / (4 a)} \sqrt{\pi / a}$",
    )


def _euler(node: Node, setting: Setting) -> Iterator[Move]:
    """A power times a falling exponential."""
    if not isinstance(node, Integral) or node.low != ZERO or node.high != INFINITY:
        return
    x = node.variable
    above, below = split_fraction(node.body)
    falling = [f for f in above if isinstance(f, Power) and f.base == E]
    powers = [(f, ONE) for f in above if f not in falling] + [(f, neg(ONE)) for f in below]
    if len(falling) != 1 or not powers:
        return
    found = _coefficients(falling[0].exponent, x)
    exponents = [_exponent(f, x) for f, _ in powers]
    if found is None or found.keys() != {1} or None in exponents:
        return
    signed = [mul([sign, e]) for (_, sign), e in zip(powers, exponents, strict=True) if e is not None]
    order = add([*signed, ONE])
    value = div(Call(Symbol(r"\Gamma"), (order,), opening="("), power(neg(found[1]), order))
    yield Move(value, r"Euler's integral, $\int_0^{\infty} x^{s - 1} e^{-a x} dx = \Gamma(s) / a^s$")


def _exponent(factor: Node, x: Symbol) -> Node | None:
    """The exponent of a power of the variable."""
    if factor == x:
        return ONE
    if isinstance(factor, Call) and factor.function.name == "sqrt" and factor.arguments == (x,):
        return HALF
    if isinstance(factor, Power) and factor.base == x and not has(factor.exponent, x):
        return factor.exponent
    return None


def _coefficients(node: Node, x: Symbol) -> dict[int, Node] | None:
    """The coefficients of a polynomial in a variable, by degree; None for what is none, or not multiplied out."""
    found: dict[int, list[Node]] = {}
    for term in terms_of(node):
        sign, bare = (neg(ONE), term.body) if isinstance(term, Negative) else (ONE, term)
        above, below = split_fraction(bare)
        if any(has(f, x) for f in below):
            return None
        degree, rest = 0, list[Node]()
        for factor in (f for each in above for f in factors_of(each)):
            if not has(factor, x):
                rest.append(factor)
            elif factor == x:
                degree += 1
            elif isinstance(factor, Power) and factor.base == x and factor.exponent == TWO:
                degree += 2
            else:
                return None
        found.setdefault(degree, []).append(mul([sign, div(mul(rest), mul(below))]))
    return {degree: add(terms) for degree, terms in found.items()}


RULES = (
    Rule(
        "integral of Gauss",
        "integral of Gauss recognised",
        _gauss,
        Example(r"\int_{-\infty}^{\infty} e^{-a x^2} dx", r"\sqrt{\frac{\pi}{a}}"),
    ),
    Rule(
        "integral of Euler",
        "integral of Euler recognised",
        _euler,
        Example(r"\int_0^{\infty} x^2 e^{-3 x} dx", r"\frac{\Gamma(2 + 1)}{3^{2 + 1}}"),
    ),
)
