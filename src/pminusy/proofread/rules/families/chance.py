"""Expectations, variances and probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import TWO, add, div, factors_of, mul, neg, power, terms_of
from pminusy.proofread.rules.families.identities import CHANCE
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.chances import base_name, is_conditioned, written_out
from pminusy.proofread.syntax.tree import Add, Call, Divide, Fold, Multiply, Negative, Node, Symbol, children

EXPECTATIONS = frozenset(["E", r"\mathbb{E}", r"\mathrm{E}"])
VARIANCES = frozenset(["Var", "var", "V", r"\mathbb{V}"])


def is_random(node: Node, setting: Setting) -> bool:
    """Whether an expression has a random quantity outside of expectations."""
    if isinstance(node, Call) and base_name(node.function.name) in EXPECTATIONS | VARIANCES:
        return False
    if isinstance(node, Symbol):
        family = setting.family(node)
        if family in setting.model.random:
            return True
        return bool(setting.reached(family) & setting.model.random)
    return any(is_random(child, setting) for child in children(node))


def _expectation(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        not isinstance(node, Call)
        or base_name(node.function.name) not in EXPECTATIONS
        or len(node.arguments) != 1
    ):
        return

    def of(body: Node) -> Node:
        return replace(node, arguments=(body,), opening=node.opening or "[", closing=node.closing or "]")

    body = node.arguments[0]
    if not is_random(body, setting):
        yield Move(body, "The expectation of a constant is the constant")
    elif isinstance(body, Add):
        terms = [neg(of(t.body)) if isinstance(t, Negative) else of(t) for t in terms_of(body)]
        yield Move(add(terms), "The expectation of a sum is the sum of the expectations")
    elif isinstance(body, Negative):
        yield Move(neg(of(body.body)), "A constant factor comes out of the expectation")
    elif isinstance(body, Fold) and body.kind == "sum":
        yield Move(
            replace(body, body=of(body.body)), "The expectation of a sum is the sum of the expectations"
        )
    elif isinstance(body, Divide) and not is_random(body.denominator, setting):
        yield Move(
            div(of(body.numerator), body.denominator), "A constant factor comes out of the expectation"
        )
    elif isinstance(body, Multiply):
        factors = factors_of(body)
        fixed = [f for f in factors if not is_random(f, setting)]
        rest = [f for f in factors if is_random(f, setting)]
        if fixed:
            yield Move(
                mul([*fixed, of(mul(rest))]),
                f"{tex(mul(fixed))} is not random, so it comes out of the expectation",
            )
        elif len(rest) > 1:
            yield Move(
                mul(of(f) for f in rest),
                "The expectation of a product of independent quantities is the product of the expectations",
            )


def _variance(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        not isinstance(node, Call)
        or base_name(node.function.name) not in VARIANCES
        or len(node.arguments) != 1
    ):
        return
    body = node.arguments[0]
    if isinstance(body, Multiply | Divide):
        above = factors_of(body.numerator if isinstance(body, Divide) else body)
        fixed = [f for f in above if not is_random(f, setting)]
        rest = [f for f in above if is_random(f, setting)]
        below = [body.denominator] if isinstance(body, Divide) else []
        if (fixed or below) and rest and not any(is_random(f, setting) for f in below):
            scale = power(div(mul(fixed), mul(below)), TWO)
            yield Move(
                mul([scale, replace(node, arguments=(mul(rest),))]),
                "A constant factor comes out of the variance squared",
            )
    elif isinstance(body, Add):
        moving = [t for t in terms_of(body) if is_random(t, setting)]
        if len(moving) < len(terms_of(body)):
            yield Move(
                replace(node, arguments=(add(moving),)), "Adding a constant does not change the variance"
            )
        else:
            terms = [replace(node, arguments=(t.body if isinstance(t, Negative) else t,)) for t in moving]
            yield Move(
                add(terms), "The variance of a sum of independent quantities is the sum of the variances"
            )
    elif isinstance(body, Fold) and body.kind == "sum":
        yield Move(
            replace(body, body=replace(node, arguments=(body.body,))),
            "The variance of a sum of independent quantities is the sum of the variances",
        )


def _conditional(node: Node, setting: Setting) -> Iterator[Move]:
    """p(x | y) = p(x, y) / p(y)."""
    if not isinstance(node, Call) or not is_conditioned(node.function.name):
        return
    if setting.family(node.function) in setting.model.definitions or node.function.indices:
        return
    events, given = written_out(node.function.name, node.arguments)
    if not events or not given or not all(isinstance(each, Symbol) for each in (*events, *given)):
        return
    letter = Symbol(base_name(node.function.name))
    joint = Call(letter, (*events, *given))
    yield Move(
        div(joint, Call(letter, tuple(given))),
        "A conditional probability is the joint one over that of the condition",
    )


_X = "Let $X$ and $Y$ be independent random variables, $E[X + Y] = E[X] + E[Y]$."
RULES = (
    Rule(
        "linearity of the expectation",
        "expectations put together",
        _expectation,
        Example("E[a X]", "a E[X]", text=_X),
    ),
    Rule(
        "variance",
        "variances put together",
        _variance,
        Example(r"\mathrm{Var}(a X)", r"a^2 \mathrm{Var}(X)", text=_X),
    ),
    Rule(
        "conditional probability",
        "conditional probability recognised",
        _conditional,
        Example(r"p(x \mid y)", r"\frac{p(x, y)}{p(y)}"),
    ),
    *CHANCE,
)
