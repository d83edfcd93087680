"""The sigmoid and the hyperbolic functions, by exponentials."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.meaning.names.definitions import SIGMOIDS
from pminusy.proofread.rules.build import (
    ONE,
    TWO,
    E,
    add,
    div,
    mul,
    neg,
    power,
)
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Call,
    Negative,
    Node,
    Symbol,
)


def _sigmoid(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Call) or node.function.name not in SIGMOIDS or node.primes:
        return
    if setting.family(node.function) in setting.model.definitions:
        return
    argument = node.arguments[0]
    below = add([ONE, power(E, neg(argument))])
    yield Move(div(ONE, below), r"By the definition of the sigmoid, $\sigma(z) = 1/(1 + e^{-z})$")
    grown = power(E, argument)
    yield Move(
        div(grown, add([grown, ONE])), r"By the definition of the sigmoid, $\sigma(z) = e^z/(e^z + 1)$"
    )


def _sigmoid_symmetry(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        isinstance(node, Call)
        and node.function.name in SIGMOIDS
        and isinstance(node.arguments[0], Negative)
        and not node.primes
    ):
        other = Call(node.function, (node.arguments[0].body,))
        yield Move(add([ONE, neg(other)]), r"The sigmoid is symmetric: $\sigma(-z) = 1 - \sigma(z)$")


def _sigmoid_prime(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Call) and node.function.name in SIGMOIDS and node.primes == 1:
        value = Call(node.function, node.arguments)
        yield Move(
            mul([value, add([ONE, neg(value)])]), r"The derivative of the sigmoid is $\sigma (1 - \sigma)$"
        )


def _hyperbolic(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Call) or len(node.arguments) != 1 or node.primes:
        return
    u = node.arguments[0]
    up, down = power(E, u), power(E, neg(u))
    forms = {
        "sinh": div(add([up, neg(down)]), TWO),
        "cosh": div(add([up, down]), TWO),
        "tanh": div(add([up, neg(down)]), add([up, down])),
    }
    if node.function.name in forms:
        yield Move(forms[node.function.name], "By the definition of the hyperbolic function")
    if node.function.name == "tanh":
        sinh, cosh = Call(Symbol("sinh"), (u,)), Call(Symbol("cosh"), (u,))
        yield Move(div(sinh, cosh), r"$\tanh = \sinh/\cosh$")
        twice = Call(Symbol(r"\sigma"), (mul([TWO, u]),))
        yield Move(add([mul([TWO, twice]), neg(ONE)]), r"$\tanh z = 2 \sigma(2z) - 1$")


PRIME = Rule(
    "derivative of the sigmoid",
    "derivative of the sigmoid recognised",
    _sigmoid_prime,
    Example(r"\sigma'(z)", r"\sigma(z) (1 - \sigma(z))"),
    "activations",
)
RULES = (
    Rule(
        "definition of the sigmoid",
        "recognise the sigmoid",
        _sigmoid,
        Example(r"\sigma(z)", r"\frac{1}{1 + e^{-z}}"),
        "activations",
    ),
    Rule(
        "symmetry of the sigmoid",
        "symmetry of the sigmoid",
        _sigmoid_symmetry,
        Example(r"\sigma(-z)", r"1 - \sigma(z)"),
        "activations",
    ),
    PRIME,
    Rule(
        "hyperbolic functions by exponentials",
        "exponentials as hyperbolic functions",
        _hyperbolic,
        Example(r"\sinh x", r"\frac{e^x - e^{-x}}{2}"),
    ),
)
