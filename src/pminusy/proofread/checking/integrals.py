"""Integrals, by quadrature between the places where the integrand is not smooth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.axes import axis
from pminusy.proofread.checking.chances import is_over_outcomes, over_outcomes
from pminusy.proofread.checking.dual import Array, Value, add, in_floats, multiply, plain, where
from pminusy.proofread.checking.environment import MOST_CELLS, Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.checking.quadrature import Range, Rule
from pminusy.proofread.checking.switches import pieces, recorded
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.chances import is_expectation
from pminusy.proofread.syntax.tree import Call, Fold, Integral, Negative, Node, Number, Symbol, children, walk

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

FINE, COARSE = Rule(1 / 64), Rule(1 / 32)
_ENDLESS = Symbol(r"\infty")
_ORIGIN = Number("0.5")  # where antiderivatives are 0; each is right up to a constant


def integral(evaluator: Evaluator, node: Integral, env: Environment) -> Value:
    """The integral of a piecewise smooth integrand; NaN where it is not, or the limits are not reached."""
    if is_over_outcomes(node, env):
        return over_outcomes(evaluator, node, env)
    nested = any(isinstance(inner, Integral) for inner in walk(node.body))
    if env.point.digits and (nested or env.level or any(isinstance(n, Fold) for n in walk(node.body))):
        raise Undecidable("an integral, which is not evaluated at this precision")
    over = range_of(evaluator, node, env)
    rule = COARSE if nested or env.level else Rule(FINE.step, env.point.digits)
    if evaluator.rough:
        rule = replace(rule, rough=True)

    def integrand(places: Value, count: int) -> Value:
        inner = env.with_letter(f"·{env.level}", axis(np.arange(count), env.level))
        return evaluator.value(node.body, inner.running_over(node.variable, places))

    def states(places: Array) -> list[Array]:
        with recorded(evaluator) as found:
            integrand(places, len(places))
        return found

    def weighed(over: Range, rule: Rule) -> tuple[Value, Value]:
        places, weights = rule.places(over, env.level)
        terms = multiply(integrand(places, rule.count), weights)
        return rule.total(terms, env.level), terms

    def piece(over: Range) -> Value:
        found, terms = weighed(over, rule)
        if over.is_ray and not env.point.digits and not _is_finite(found):
            again, _ = weighed(rule.scaled(over, terms, env.level), rule)
            found = where(np.isfinite(plain(found)), found, again)
        if rule.step == COARSE.step and not _is_finite(found) and env.cells * FINE.count <= MOST_CELLS // 2:
            found = where(np.isfinite(plain(found)), found, weighed(over, FINE)[0])
        return found

    with recorded(evaluator) as switched:
        whole = piece(over)
    if not switched or env.seeds or env.point.digits or _is_finite(whole):
        return whole
    total: Value = constant(0)
    for part in pieces(over, states, env.level):
        total = add(total, piece(part))
    return total


def _is_finite(value: Value) -> bool:
    return bool(np.isfinite(in_floats(plain(value))).all())


def range_of(evaluator: Evaluator, node: Integral, env: Environment) -> Range:
    """The limits of an integral; without any, from where antiderivatives are 0 to the variable."""
    if node.low is None or node.high is None:
        node = replace(node, low=_ORIGIN, high=node.variable)
    assert node.low is not None
    assert node.high is not None
    return Range(
        None if node.low == Negative(_ENDLESS) else evaluator.number(node.low, env),
        None if node.high == _ENDLESS else evaluator.number(node.high, env),
    )


def antiderivatives(nodes: tuple[Node, ...]) -> frozenset[Symbol]:
    """The variables of the integrals without limits in some expressions."""
    return frozenset(
        node.variable
        for tree in nodes
        for node in walk(tree)
        if isinstance(node, Integral) and (node.low is None or node.high is None)
    )


def outside_integrals(node: Node) -> Iterator[Symbol]:
    """The names in an expression that stand outside its integrals and expectations."""
    if isinstance(node, Symbol):
        yield node
    averaged = isinstance(node, Call) and is_expectation(node.function.name)
    if not isinstance(node, Integral) and not averaged:
        for child in children(node):
            yield from outside_integrals(child)
