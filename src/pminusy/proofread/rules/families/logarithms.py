"""Logarithms of products, quotients, powers and exponentials."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.rules.build import (
    HALF,
    ONE,
    ZERO,
    E,
    add,
    factors_of,
    mul,
    neg,
)
from pminusy.proofread.rules.families.exponentials import exponent_of
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Call,
    Divide,
    Fold,
    Multiply,
    Node,
    Number,
    Power,
    Symbol,
)

LOGARITHMS = ("log", "ln")


def logarithm(argument: Node, like: Call) -> Node:
    """The logarithm, written as another one is."""
    plain = isinstance(argument, Symbol | Number | Fold | Divide)
    return Call(like.function, (argument,), opening="" if plain else "(")


def _argument(node: Node) -> Node | None:
    """What a logarithm is taken of."""
    if (
        isinstance(node, Call)
        and node.function.name in LOGARITHMS
        and not node.primes
        and len(node.arguments) == 1
    ):
        return node.arguments[0]
    return None


def _log_product(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if isinstance(inside, Multiply) and isinstance(node, Call):
        yield Move(
            add(logarithm(f, node) for f in factors_of(inside)),
            "The logarithm of a product is the sum of the logarithms",
        )
    elif isinstance(inside, Fold) and inside.kind == "prod" and isinstance(node, Call):
        new = Fold("sum", inside.bindings, logarithm(inside.body, node), inside.condition)
        yield Move(new, "The logarithm of a product is the sum of the logarithms")


def _log_quotient(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if isinstance(inside, Divide) and isinstance(node, Call):
        first = [] if inside.numerator == ONE else [logarithm(inside.numerator, node)]
        new = add([*first, neg(logarithm(inside.denominator, node))])
        yield Move(new, "The logarithm of a quotient is the difference of the logarithms")


def _log_power(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if isinstance(inside, Power) and inside.base != E and isinstance(node, Call):
        yield Move(
            mul([inside.exponent, logarithm(inside.base, node)]),
            "The logarithm of a power: the exponent comes in front",
        )
    elif isinstance(inside, Call) and inside.function.name == "sqrt" and isinstance(node, Call):
        yield Move(
            mul([HALF, logarithm(inside.arguments[0], node)]), "The logarithm of a root is half the logarithm"
        )


def _log_exp(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if inside is not None and (exponent := exponent_of(inside)) is not None:
        yield Move(exponent, "Logarithm and exponential undo each other")
    exponent = exponent_of(node)
    if exponent is not None and (within := _argument(exponent)) is not None:
        yield Move(within, "Exponential and logarithm undo each other")


def _log_one(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if inside == ONE:
        yield Move(ZERO, "The logarithm of one is zero")
    elif inside == E:
        yield Move(ONE, "The logarithm of e is one")


RULES = (
    Rule(
        "logarithm of a product",
        "sum of logarithms",
        _log_product,
        Example(r"\log (a b)", r"\log a + \log b"),
    ),
    Rule(
        "logarithm of a quotient",
        "difference of logarithms",
        _log_quotient,
        Example(r"\log \frac{a}{b}", r"\log a - \log b"),
    ),
    Rule(
        "logarithm of a power", "factor into the logarithm", _log_power, Example(r"\log (a^b)", r"b \log a")
    ),
    Rule("logarithm of an exponential", "exponential of a logarithm", _log_exp, Example(r"\log e^a", "a")),
    Rule("logarithm of one", "zero as a logarithm", _log_one, Example(r"\log 1", "0")),
)
