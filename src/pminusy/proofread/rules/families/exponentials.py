"""Exponentials of sums, multiplied, and with negative exponents."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pminusy.proofread.rules.build import (
    ONE,
    ZERO,
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
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
    Power,
)


def exponent_of(node: Node) -> Node | None:
    """The exponent of e^u or exp(u)."""
    if isinstance(node, Power) and node.base == E:
        return node.exponent
    if isinstance(node, Call) and node.function.name == "exp" and not node.primes:
        return node.arguments[0]
    return None


def exponential(exponent: Node, like: Node) -> Node:
    """An exponential, written as another one is."""
    if exponent == ZERO:
        return ONE
    return Call(like.function, (exponent,)) if isinstance(like, Call) else power(E, exponent)


def _exp_sum(node: Node, setting: Setting) -> Iterator[Move]:
    exponent = exponent_of(node)
    if isinstance(exponent, Add):
        terms = terms_of(exponent)
        up = [exponential(t, node) for t in terms if not isinstance(t, Negative)]
        down = [exponential(t.body, node) for t in terms if isinstance(t, Negative)]
        yield Move(div(mul(up), mul(down)), "The exponential of a sum is the product of the exponentials")
    elif isinstance(exponent, Fold) and exponent.kind == "sum":
        new = Fold("prod", exponent.bindings, exponential(exponent.body, node), exponent.condition)
        yield Move(new, "The exponential of a sum is the product of the exponentials")


def _exp_negative(node: Node, setting: Setting) -> Iterator[Move]:
    exponent = exponent_of(node)
    if isinstance(exponent, Negative):
        yield Move(div(ONE, exponential(exponent.body, node)), "$e^{-u}$ is one over $e^u$")


def _exp_product(node: Node, setting: Setting) -> Iterator[Move]:
    """Exponentials multiplied and divided."""
    if not isinstance(node, Multiply | Divide):
        return
    above, below = split_fraction(node)
    found = [f for f in (*above, *below) if exponent_of(f) is not None]
    if len(found) < 2:
        return
    up = [e for f in above if (e := exponent_of(f)) is not None]
    down = [e for f in below if (e := exponent_of(f)) is not None]
    rest = [[f for f in side if exponent_of(f) is None] for side in (above, below)]
    together = exponential(add([*up, *map(neg, down)]), found[0])
    yield Move(
        div(mul([together, *rest[0]]), mul(rest[1])), "Exponentials are multiplied by adding their exponents"
    )


def _exp_power(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Power) and (inner := exponent_of(node.base)) is not None:
        yield Move(
            exponential(mul([inner, node.exponent]), node.base),
            "A power of a power: the exponents are multiplied",
        )


def _exp_logarithm(node: Node, setting: Setting) -> Iterator[Move]:
    exponent = exponent_of(node)
    if exponent is None or isinstance(exponent, Add):
        return
    above, below = split_fraction(exponent)
    for factor in above:
        if isinstance(factor, Call) and factor.function.name in ("log", "ln") and not factor.function.indices:
            rest = [f for f in above if f is not factor]
            new = power(factor.arguments[0], div(mul(rest), mul(below)))
            yield Move(new, r"$e^{u \log v}$ is the power $v^u$")


def _shared_exponential(node: Node, setting: Setting) -> Iterator[Move]:
    r"""Numerator and denominator multiplied by e^u, so that e^{-u} goes."""
    if not isinstance(node, Divide):
        return
    found = {}
    for term in (*terms_of(node.numerator), *terms_of(node.denominator)):
        for factor in factors_of(term.body if isinstance(term, Negative) else term):
            exponent = exponent_of(factor)
            if isinstance(exponent, Negative):
                found[exponent.body] = factor
            elif isinstance(exponent, Add):
                found.update({t.body: factor for t in terms_of(exponent) if isinstance(t, Negative)})
            elif exponent is not None:
                found[neg(exponent)] = factor
    for exponent, like in list(found.items())[:4]:
        scale = exponential(exponent, like)
        sides = [
            add(_lifted(t, exponent) for t in terms_of(side)) for side in (node.numerator, node.denominator)
        ]
        yield Move(div(*sides), f"Numerator and denominator are multiplied by {tex(scale)}")


def _lifted(term: Node, exponent: Node) -> Node:
    """A term times e^u."""
    if isinstance(term, Negative):
        return neg(_lifted(term.body, exponent))
    factors = factors_of(term)
    for n, factor in enumerate(factors):
        own = exponent_of(factor)
        if own is not None:
            return mul([*factors[:n], exponential(_less(own, exponent), factor), *factors[n + 1 :]])
    return mul([*factors, power(E, exponent)])


def _less(one: Node, other: Node) -> Node:
    terms = terms_of(one)
    for n, term in enumerate(terms):
        if term == neg(other):
            return add(terms[:n] + terms[n + 1 :])
    value_one, rest = _number_of(one)
    value_other, rest_other = _number_of(other)
    if rest == rest_other:
        return mul([number(value_one + value_other), *rest])
    return add([one, other])


def _number_of(node: Node) -> tuple[Fraction, list[Node]]:
    sign = 1
    if isinstance(node, Negative):
        sign, node = -1, node.body
    factors = factors_of(node)
    value = Fraction(sign)
    rest = []
    for factor in factors:
        own = value_of(factor)
        if own is None:
            rest.append(factor)
        else:
            value *= own
    return value, rest


RULES = (
    Rule("exponential of a sum", "product of exponentials", _exp_sum, Example("e^{a + b}", "e^a e^b")),
    Rule(
        "exponential of a negative",
        "reciprocal as an exponential",
        _exp_negative,
        Example("e^{-a}", r"\frac{1}{e^a}"),
    ),
    Rule(
        "product of exponentials",
        "exponential of a sum",
        _exp_product,
        Example(r"\frac{e^a}{e^b}", "e^{a - b}"),
    ),
    Rule(
        "exponential of a logarithm with a factor",
        "power as an exponential of a logarithm",
        _exp_logarithm,
        Example(r"e^{a \log b}", "b^a"),
    ),
    Rule("power of an exponential", "exponential as a power", _exp_power, Example("(e^a)^b", "e^{a b}")),
    Rule(
        "multiply numerator and denominator by an exponential",
        "divide numerator and denominator by an exponential",
        _shared_exponential,
        Example(r"\frac{e^{-x}}{1 + e^{-x}}", r"\frac{1}{e^x + 1}"),
    ),
)
