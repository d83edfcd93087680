"""Values of functions at particular numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction

from pminusy.proofread.rules.build import ZERO, E, add, div, mul, neg, number, value_of
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    is_literal,
)

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "arcsin": math.asin, "arccos": math.acos, "arctan": math.atan,
    "log": math.log, "ln": math.log, "exp": math.exp, "sqrt": math.sqrt, "sinh": math.sinh, "cosh": math.cosh,
    "tanh": math.tanh, r"\Gamma": math.gamma, "gamma": math.gamma, "!": lambda x: math.gamma(x + 1),
    r"\sigma": lambda x: 1 / (1 + math.exp(-x)), "sigmoid": lambda x: 1 / (1 + math.exp(-x)), "abs": abs,
}  # fmt: skip
_UNITS: tuple[tuple[float, Node | None], ...] = (
    (1.0, None),
    (math.pi, Symbol(r"\pi")),
    (math.sqrt(2), Call(Symbol("sqrt"), (Number("2"),))),
    (math.sqrt(3), Call(Symbol("sqrt"), (Number("3"),))),
    (math.sqrt(math.pi), Call(Symbol("sqrt"), (Symbol(r"\pi"),))),
)
_DENOMINATORS = 12
_CLOSE = 1e-12


def numeric(node: Node) -> float | None:
    """The value of a formula of numbers; None where it has none that is known here."""
    try:
        return _numeric(node)
    except (ArithmeticError, ValueError, TypeError, LookupError):
        return None


def _numeric(node: Node) -> float | None:
    value = value_of(node)
    if value is not None:
        return float(value)
    match node:
        case Symbol() if node == E:
            return math.e
        case Symbol() if node == Symbol(r"\pi"):
            return math.pi
        case Negative():
            return -_numeric(node.body)  # type: ignore[operator]
        case Add():
            return math.fsum(_numeric(term) for term in node.terms)  # type: ignore[misc]
        case Multiply():
            return math.prod(_numeric(factor) for factor in node.factors)  # type: ignore[misc]
        case Divide():
            return _numeric(node.numerator) / _numeric(node.denominator)  # type: ignore[operator]
        case Power():
            found = _numeric(node.base) ** _numeric(node.exponent)  # type: ignore[operator]
            return None if isinstance(found, complex) else found
        case Call() if len(node.arguments) == 1 and not node.primes and not node.function.indices:
            return _FUNCTIONS[node.function.name](_numeric(node.arguments[0]))  # type: ignore[arg-type]
        case _:
            return None


def _value(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Call | Power) or not is_literal(node):
        return
    if (
        isinstance(node, Power)
        and node.base == E
        and not isinstance(node.exponent, Call | Multiply | Divide | Number)
    ):
        return
    value = numeric(node)
    if value is None or abs(value) > 1e6:
        return
    for unit, symbol in _UNITS:
        ratio = Fraction(value / unit).limit_denominator(_DENOMINATORS)
        if abs(float(ratio) * unit - value) < _CLOSE * max(1, abs(value)) and (symbol is None or ratio):
            new = number(abs(ratio))
            if symbol is not None:
                new = div(mul([number(abs(ratio.numerator)), symbol]), number(ratio.denominator))
            if new != node:
                yield Move(new if ratio >= 0 else neg(new), "A known value")
            return


def _numbers(node: Node, setting: Setting) -> Iterator[Move]:
    """Sums and fractions of numbers, computed."""
    if isinstance(node, Add):
        values = [value_of(term) for term in node.terms]
        known = [v for v in values if v is not None]
        if len(known) > 1:
            rest = [t for t, v in zip(node.terms, values, strict=True) if v is None]
            yield Move(add([*rest, number(sum(known, Fraction(0)))]), "The numbers are added")
    elif isinstance(node, Power):
        base, exponent = value_of(node.base), value_of(node.exponent)
        if (
            base
            and exponent is not None
            and exponent.denominator == 1
            and (abs(exponent) < 20 or abs(base) == 1)
        ):
            yield Move(number(base ** int(exponent)), "The power of a number")
        elif base == 0 and exponent is not None and exponent > 0:
            yield Move(ZERO, "A power of zero is zero")
    elif isinstance(node, Norm) and (value := value_of(node.body)) is not None:
        yield Move(number(abs(value)), "The magnitude of a number")
    elif isinstance(node, Divide):
        value = value_of(node)
        if value is not None and number(value) != node:
            yield Move(number(value), "The fraction is reduced")


RULES = (
    Rule("known value", "number as a value", _value, Example(r"\cos \pi", "-1")),
    Rule("work out numbers", "write a number otherwise", _numbers, Example("2 + 3", "5"), rearranges=True),
)
