"""Powers multiplied, of products, and with negative exponents."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pminusy.proofread.rules.build import (
    ONE,
    add,
    div,
    factors_of,
    mul,
    neg,
    number,
    power,
    split_fraction,
    value_of,
)
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Divide, Multiply, Negative, Node, Number, Power


def _powers(node: Node, setting: Setting) -> Iterator[Move]:
    """Powers of one base multiplied."""
    if not isinstance(node, Multiply | Divide) or not setting.is_scalar(node):
        return
    above, below = split_fraction(node)
    exponents: dict[Node, list[Node]] = {}
    rest: list[Node] = []
    for side, factors in ((1, above), (-1, below)):
        for factor in factors:
            base, exponent = (factor.base, factor.exponent) if isinstance(factor, Power) else (factor, ONE)
            if value_of(base) is not None and exponent == ONE:
                rest.append(factor if side > 0 else div(ONE, factor))
            else:
                exponents.setdefault(base, []).append(exponent if side > 0 else neg(exponent))
    if all(len(each) == 1 for each in exponents.values()):
        return
    merged = [power(base, _folded(each)) for base, each in exponents.items()]
    yield Move(mul([*rest, *merged]), "Powers of one base are multiplied by adding their exponents")


def _folded(exponents: list[Node]) -> Node:
    values = [value for each in exponents if (value := value_of(each)) is not None]
    others = [each for each in exponents if value_of(each) is None]
    return add([*others, number(sum(values, Fraction(0)))])


def _power_of_product(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Power) or not setting.is_scalar(node):
        return
    base, exponent = node.base, node.exponent
    if isinstance(base, Multiply):
        yield Move(
            mul(power(f, exponent) for f in factors_of(base)),
            "The power of a product is the product of the powers",
        )
    elif isinstance(base, Divide):
        yield Move(
            div(power(base.numerator, exponent), power(base.denominator, exponent)),
            "The power of a fraction is the fraction of the powers",
        )
    elif isinstance(base, Power):
        yield Move(
            power(base.base, mul([base.exponent, exponent])),
            "A power of a power: the exponents are multiplied",
        )
    elif isinstance(base, Negative) and value_of(exponent) is None:
        new = mul([Power(Negative(ONE), exponent), power(base.body, exponent)])
        yield Move(new, "The power of a product is the product of the powers")
    elif isinstance(base, Negative) and isinstance(exponent, Number) and exponent.value.denominator == 1:
        new = power(base.body, exponent)
        yield Move(new if exponent.value % 2 == 0 else neg(new), "Minus signs cancel in pairs")


def _negative_power(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Power) and isinstance(node.exponent, Negative) and setting.is_scalar(node.base):
        yield Move(
            div(ONE, power(node.base, node.exponent.body)),
            "A power with a negative exponent is one over the power",
        )
    elif (
        isinstance(node, Power)
        and isinstance(node.exponent, Divide)
        and isinstance(node.exponent.numerator, Negative)
    ):
        yield Move(
            div(ONE, power(node.base, neg(node.exponent))),
            "A power with a negative exponent is one over the power",
        )


RULES = tuple(
    Rule(name, back, apply, Example(before, after), rearranges=True)
    for name, back, apply, before, after in (
        ("combine powers", "split a power", _powers, "t^a t^b", "t^{a + b}"),
        ("power of a product", "product of powers", _power_of_product, "(a b)^c", "a^c b^c"),
        (
            "negative exponent",
            "reciprocal as a negative exponent",
            _negative_power,
            "c^{-a}",
            r"\frac{1}{c^a}",
        ),
    )
)
