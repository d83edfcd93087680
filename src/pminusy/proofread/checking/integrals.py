r"""Integrals by double exponential quadrature (Takahasi and Mori, 1974).

The integrand at $x(t)$, where $x$ goes to the limits double exponentially, is summed over equal steps of $t$. Halving
the step squares the error, so the two sums agree only where the finer one is right to all digits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.axes import axis, summed
from pminusy.proofread.checking.chances import is_over_outcomes, over_outcomes
from pminusy.proofread.checking.dual import Array, Value, add, linear, multiply, negative, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import Integral, Negative, Node, Number, Symbol, walk

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

STEP, REACH = 1 / 32, 4.0
AGREE = 1e-8  # between steps h and 2h; that at h is then right to about the square of it
NODES = np.arange(-REACH, REACH + STEP / 2, STEP)
NEGLIGIBLE = 1e-11  # of the integral, for what is left out at its ends
RIM = 3  # nodes beside those where the integrand cannot be computed, which have to be negligible
_ENDLESS = Symbol(r"\infty")
_ORIGIN = Number("0.5")  # where antiderivatives are 0; each is right up to a constant


def integral(evaluator: Evaluator, node: Integral, env: Environment) -> Value:
    """The integral of a smooth integrand; NaN where it is not smooth, or the limits are not reached."""
    if is_over_outcomes(node, env):
        return over_outcomes(evaluator, node, env)
    if env.point.digits:
        raise Undecidable("an integral, which is not evaluated at this precision")
    places, weights = substituted(evaluator, node, env, NODES)
    level = env.level
    inner = env.with_letter(f"·{level}", axis(np.arange(len(NODES)), level))
    inner = replace(inner, arguments={**env.arguments, node.variable: places})
    return quadrature(multiply(evaluator.value(node.body, inner), weights), level)


def quadrature(terms: Value, level: int) -> Value:
    """The sum of an integrand's values, with their weights, at all nodes; NaN where it has not settled."""
    terms = _trimmed(terms, level)
    coarse = (np.arange(len(NODES)) % 2 == 0) * 2.0
    fine = summed(terms, level, len(NODES))
    rough = summed(multiply(terms, axis(coarse, level)), level, len(NODES))
    gap = np.abs(plain(fine) - plain(rough))
    settled = gap <= AGREE * np.maximum(np.abs(plain(fine)), 1)
    return multiply(np.where(settled, 1.0, np.nan), fine)  # what does not settle has no derivative either


def _trimmed(terms: Value, level: int) -> Value:
    """The terms, those towards the ends that cannot be computed left out where their neighbours no longer count."""
    size = np.abs(plain(terms).astype(float))
    finite = np.isfinite(size)
    if size.ndim < level + 4 or finite.all():
        return terms
    inside = np.maximum.accumulate(finite) & np.maximum.accumulate(finite[::-1])[::-1]
    rim = inside & ~(_shifted(inside, RIM) & _shifted(inside[::-1], RIM)[::-1])
    largest = np.where(rim & finite, size, 0).max(0)
    total = np.where(finite, size, 0).sum(0)
    negligible = inside.any(0) & (largest <= NEGLIGIBLE * total)
    return linear(lambda x: np.where(~inside & ~np.isfinite(x) & negligible, 0, x), terms)


def _shifted(inside: Array, by: int) -> Array:
    """Whether the place so many before is inside as well."""
    return np.concatenate([np.zeros_like(inside[:by]), inside[:-by]])


def substituted(evaluator: Evaluator, node: Integral, env: Environment, t: Array) -> tuple[Value, Value]:
    """Where the integrand is evaluated, and with which weights."""
    s, speed = np.pi / 2 * np.sinh(t), np.pi / 2 * np.cosh(t) * STEP
    if node.low is None or node.high is None:
        node = replace(node, low=_ORIGIN, high=node.variable)
    below, above = node.low == Negative(_ENDLESS), node.high == _ENDLESS
    if below and above:
        return axis(np.sinh(s), env.level), axis(np.cosh(s) * speed, env.level)
    if below or above:
        finite = node.high if below else node.low
        assert finite is not None
        end = evaluator.number(finite, env)
        away = axis(np.exp(s), env.level)
        place = add(end, negative(away)) if below else add(end, away)
        return place, axis(np.exp(s) * speed, env.level)
    assert node.low is not None
    assert node.high is not None
    low, high = evaluator.number(node.low, env), evaluator.number(node.high, env)
    width = add(high, linear(np.negative, low))
    share = 1 / (1 + np.exp(-2 * s))
    place = add(low, multiply(width, axis(share, env.level)))
    density = 0.5 / np.cosh(s) ** 2 * speed
    return place, multiply(width, axis(density, env.level))


def antiderivatives(nodes: tuple[Node, ...]) -> frozenset[Symbol]:
    """The variables of the integrals without limits in some expressions."""
    return frozenset(
        node.variable
        for tree in nodes
        for node in walk(tree)
        if isinstance(node, Integral) and (node.low is None or node.high is None)
    )
