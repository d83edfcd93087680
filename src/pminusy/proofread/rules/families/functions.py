"""The derivatives of the functions known by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pminusy.proofread.meaning.names.definitions import SIGMOIDS
from pminusy.proofread.rules.build import ONE, TWO, add, div, mul, neg, power
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Call, Node, Symbol


@dataclass(frozen=True)
class Slope:
    """A derivative in terms of the argument and of the value, and how it is said."""

    of: Callable[[Node, Node], Node]
    called: str
    spoken: str


def _call(name: str, argument: Node) -> Node:
    return Call(Symbol(name), (argument,), opening="" if isinstance(argument, Symbol) else "(")


_SIGMOID = Slope(lambda u, f: mul([f, add([ONE, neg(f)])]), "the sigmoid", r"$\sigma' = \sigma (1 - \sigma)$")
SLOPES: dict[str, Slope] = {
    "log": Slope(lambda u, f: div(ONE, u), "the logarithm", "one over the argument"),
    "ln": Slope(lambda u, f: div(ONE, u), "the logarithm", "one over the argument"),
    "sin": Slope(lambda u, f: _call("cos", u), "the sine", "the cosine"),
    "cos": Slope(lambda u, f: neg(_call("sin", u)), "the cosine", "minus the sine"),
    "tan": Slope(lambda u, f: div(ONE, power(_call("cos", u), TWO)), "the tangent", r"$1/\cos^2$"),
    "sinh": Slope(lambda u, f: _call("cosh", u), "the hyperbolic sine", "the hyperbolic cosine"),
    "cosh": Slope(lambda u, f: _call("sinh", u), "the hyperbolic cosine", "the hyperbolic sine"),
    "tanh": Slope(lambda u, f: add([ONE, neg(power(f, TWO))]), "tanh", r"$1 - \tanh^2$"),
    "arctan": Slope(lambda u, f: div(ONE, add([ONE, power(u, TWO)])), "the arctangent", "$1/(1 + u^2)$"),
    "arcsin": Slope(
        lambda u, f: div(ONE, _call("sqrt", add([ONE, neg(power(u, TWO))]))),
        "the arcsine",
        r"$1/\sqrt{1 - u^2}$",
    ),
    "sqrt": Slope(lambda u, f: div(ONE, mul([TWO, f])), "the square root", "one over twice the root"),
    "softplus": Slope(lambda u, f: _call("sigmoid", u), "softplus", "the sigmoid"),
    "abs": Slope(lambda u, f: _call("sign", u), "the magnitude", "the sign"),
    "erf": Slope(
        lambda u, f: mul([div(TWO, _call("sqrt", Symbol(r"\pi"))), power(Symbol("e"), neg(power(u, TWO)))]),
        "the error function",
        r"$\frac{2}{\sqrt{\pi}} e^{-u^2}$",
    ),
    **dict.fromkeys((*SIGMOIDS, "expit"), _SIGMOID),
}


def slope_of(call: Call, setting: Setting) -> Node | None:
    """The derivative of a function at its argument; for one that the page defines or leaves open, a prime."""
    argument = call.arguments[0]
    name = call.function.name
    own = setting.family(call.function) in setting.model.definitions
    if name in SLOPES and not own:
        return SLOPES[name].of(argument, call)
    if own or len(name.lstrip("\\")) == 1:
        return Call(call.function, call.arguments, 1, opening="(")
    return None
