r"""`[F]_a^b` and `F|_{x = a}`: an expression at places of its variable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Value, add, in_floats, multiply, negative, plain, where
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import Between, Call, Integral, Negative, Node, Symbol, is_literal, walk

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

# Where something has come to its limit far out or near a place, if it is the same at both; the first for what falls
# exponentially, and is 0 times ∞ farther out, the others for powers.
FAR = ((400.0, 500.0), (1e7, 1e8), (1e15, 1e16), (1e30, 1e31))
_ENDS = (Symbol(r"\infty"), Negative(Symbol(r"\infty")))
NEAR = ((1e-6, 1e-7), (1e-13, 1e-14), (1e-30, 1e-31), (1e-100, 1e-101))


def between(evaluator: Evaluator, node: Between, env: Environment) -> Value:
    """The value at the upper place less that at the lower one."""
    variable = node.variable or _variable(node, env)
    high = _at(evaluator, node.body, variable, node.high, node.low, env)
    if node.low is None:
        return high
    return add(high, negative(_at(evaluator, node.body, variable, node.low, node.high, env)))


def _variable(node: Between, env: Environment) -> Symbol:
    """The variable that the page integrates over, and no integral around it does, or the only symbol there is."""
    functions = {n.function for n in walk(node.body) if isinstance(n, Call)}
    inside = {
        n
        for n in walk(node.body)
        if isinstance(n, Symbol) and not n.indices and not is_literal(n) and n not in functions
    }
    integrated = {n.variable for tree in env.model.trees for n in walk(tree) if isinstance(n, Integral)}
    outside = {n for limit in (node.low, node.high) if limit is not None for n in walk(limit)} | set(
        env.arguments
    )
    for candidates in (inside & integrated, inside & integrated - outside, inside):
        if len(candidates) == 1:
            return candidates.pop()
    raise Undecidable("evaluation limits without a variable")


def _at(
    evaluator: Evaluator, body: Node, variable: Symbol, place: Node, other: Node | None, env: Environment
) -> Value:
    """The value at a place; where there is none, its limit from the other one."""

    def there(value: Value) -> Value:
        return evaluator.value(body, env.running_over(variable, value))

    if place in _ENDS:
        sign = 1.0 if isinstance(place, Symbol) else -1.0
        return _limit([tuple(there(constant(sign * x)) for x in pair) for pair in FAR])
    value = evaluator.value(place, env)
    found = there(value)
    if other is None or env.point.digits or np.isfinite(in_floats(plain(found))).all():
        return found
    away: Value = constant(1.0 if other == _ENDS[0] else -1.0)
    if other not in _ENDS:
        away = add(evaluator.value(other, env), negative(value))
    inside = [tuple(there(add(value, multiply(constant(x), away))) for x in pair) for pair in NEAR]
    return where(np.isfinite(in_floats(plain(found))), found, _limit(inside))


def _limit(pairs: Sequence[tuple[Value, ...]]) -> Value:
    """What pairs of values come to; NaN where they have not come to it."""
    for near, far in pairs:
        if np.allclose(in_floats(plain(near)), in_floats(plain(far)), rtol=1e-12, atol=1e-14):
            return far
    return constant(np.nan)
