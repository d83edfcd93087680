"""The derivatives of exponentials and of the functions known by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

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
from pminusy.proofread.rules.families.operator import and_chain, inner_slope, moves_with, wrapped
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Divide,
    Node,
    Power,
    Symbol,
)


@dataclass(frozen=True)
class Slope:
    """A derivative in terms of the argument and of the value, and how it is said."""

    of: Callable[[Node, Node], Node]
    called: str
    spoken: str


def _call(name: str, argument: Node) -> Node:
    return Call(Symbol(name), (argument,), opening="" if isinstance(argument, Symbol) else "(")


def _like(call: Node, name: str) -> Node:
    """Another function of the same argument, written as the call is."""
    assert isinstance(call, Call)
    return replace(call, function=Symbol(name))


_SIGMOID = Slope(lambda u, f: mul([f, add([ONE, neg(f)])]), "the sigmoid", r"$\sigma' = \sigma (1 - \sigma)$")
SLOPES: dict[str, Slope] = {
    "log": Slope(lambda u, f: div(ONE, u), "the logarithm", "one over the argument"),
    "ln": Slope(lambda u, f: div(ONE, u), "the logarithm", "one over the argument"),
    "sin": Slope(lambda u, f: _like(f, "cos"), "the sine", "the cosine"),
    "cos": Slope(lambda u, f: neg(_like(f, "sin")), "the cosine", "minus the sine"),
    "tan": Slope(lambda u, f: div(ONE, power(_like(f, "cos"), TWO)), "the tangent", r"$1/\cos^2$"),
    "sinh": Slope(lambda u, f: _like(f, "cosh"), "the hyperbolic sine", "the hyperbolic cosine"),
    "cosh": Slope(lambda u, f: _like(f, "sinh"), "the hyperbolic cosine", "the hyperbolic sine"),
    "tanh": Slope(lambda u, f: add([ONE, neg(power(f, TWO))]), "tanh", r"$1 - \tanh^2$"),
    "arctan": Slope(lambda u, f: div(ONE, add([ONE, power(u, TWO)])), "the arctangent", "$1/(1 + u^2)$"),
    "arcsin": Slope(
        lambda u, f: div(ONE, _call("sqrt", add([ONE, neg(power(u, TWO))]))),
        "the arcsine",
        r"$1/\sqrt{1 - u^2}$",
    ),
    "sqrt": Slope(lambda u, f: div(ONE, mul([TWO, f])), "the square root", "one over twice the root"),
    "softplus": Slope(lambda u, f: _like(f, "sigmoid"), "softplus", "the sigmoid"),
    "abs": Slope(lambda u, f: _like(f, "sign"), "the magnitude", "the sign"),
    "erf": Slope(
        lambda u, f: mul([div(TWO, _call("sqrt", Symbol(r"\pi"))), power(Symbol("e"), neg(power(u, TWO)))]),
        "the error function",
        r"$\frac{2}{\sqrt{\pi}} e^{-u^2}$",
    ),
    r"\Gamma": Slope(
        lambda u, f: mul([f, Call(Symbol(r"\psi"), (u,))]),
        "the gamma function",
        "itself times the digamma function",
    ),
    r"\Phi": Slope(
        lambda u, f: Call(Symbol(r"\varphi"), (u,)), "the normal distribution function", "the normal density"
    ),
    **dict.fromkeys((*SIGMOIDS, "expit"), _SIGMOID),
}


def slope_of(call: Call, setting: Setting) -> Node | None:
    """The derivative of a function at its argument; for one that the page defines or leaves open, a prime."""
    argument = call.arguments[0]
    name = call.function.name
    own = setting.family(call.function) in setting.model.definitions
    if name == "log" and call.function.lower and not own:
        return div(ONE, mul([argument, _call("log", call.function.lower[0])]))
    if name in SLOPES and not own:
        return SLOPES[name].of(argument, call)
    if own or len(name.lstrip("\\")) == 1:
        return Call(call.function, call.arguments, 1, opening="(")
    return None


def _exponential(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative):
        return
    body = node.body
    argument: Node | None = None
    if isinstance(body, Power) and not moves_with(body.base, node, setting):
        argument = body.exponent
    elif isinstance(body, Call) and body.function.name == "exp" and not body.primes:
        argument = body.arguments[0]
    if argument is None or not moves_with(argument, node, setting):
        return
    logarithm = []
    about = "The exponential function is its own derivative"
    if isinstance(body, Power) and body.base != E:
        logarithm = [Call(Symbol("log"), (body.base,), opening="")]
        about = "The derivative of $a^x$ is $a^x$ times the logarithm of the base"
    new = mul([body, *logarithm, *inner_slope(argument, node)])
    yield Move(wrapped(new, node), about + and_chain(argument, node))


def _function(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative):
        return
    call = node.body
    if not isinstance(call, Call) or call.primes or len(call.arguments) != 1:
        return
    argument = call.arguments[0]
    name = call.function.name
    if name == "exp" or not moves_with(argument, node, setting):
        return
    slope = slope_of(call, setting)
    if slope is None:
        return
    about = (
        f"The derivative of {SLOPES[name].called} is {SLOPES[name].spoken}"
        if name in SLOPES
        else "The derivative of the function, taken at its argument"
    )
    inner = inner_slope(argument, node)
    if isinstance(slope, Divide) and slope.numerator == ONE and inner:
        new = div(inner[0], slope.denominator)
        other = mul([slope, *inner])
        yield Move(wrapped(other, node), about + and_chain(argument, node))
    else:
        new = mul([slope, *inner])
    yield Move(wrapped(new, node), about + and_chain(argument, node))


def _self_power(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.body, Power):
        return
    base, exponent = node.body.base, node.body.exponent
    if base != E and moves_with(base, node, setting) and moves_with(exponent, node, setting):
        as_exponential = Power(E, mul([exponent, Call(Symbol("log"), (base,), opening="")]))
        yield Move(
            Derivative(as_exponential, node.variables, "operator", node.mark),
            "$u^v = e^{v \\log u}$, since base and exponent both vary",
        )


RULES = (
    Rule(
        "derivative of the exponential",
        "exponential as a derivative",
        _exponential,
        Example(r"\frac{d}{dx} e^{a x}", r"e^{a x} \frac{d}{dx} (a x)"),
    ),
    Rule(
        "derivative of a function",
        "value of a derivative",
        _function,
        Example(r"\frac{d}{dx} \log (x^2)", r"\frac{1}{x^2} \frac{d}{dx} x^2"),
    ),
    Rule(
        "power as an exponential",
        "exponential as a power",
        _self_power,
        Example(r"\frac{d}{dx} x^x", r"\frac{d}{dx} e^{x \log x}"),
    ),
)
