r"""`[F]_a^b` and `F|_{x = a}`: an expression at places of its variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Value, add, negative, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import Between, Call, Integral, Negative, Node, Symbol, is_literal, walk

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

FAR, FARTHER = 400.0, 500.0  # where something has come to its limit, if it is the same at both


def between(evaluator: Evaluator, node: Between, env: Environment) -> Value:
    """The value at the upper place less that at the lower one."""
    variable = node.variable or _variable(node, env)
    high = _at(evaluator, node.body, variable, node.high, env)
    if node.low is None:
        return high
    return add(high, negative(_at(evaluator, node.body, variable, node.low, env)))


def _variable(node: Between, env: Environment) -> Symbol:
    """The variable that the page integrates over, or the only symbol there is."""
    functions = {n.function for n in walk(node.body) if isinstance(n, Call)}
    inside = {
        n
        for n in walk(node.body)
        if isinstance(n, Symbol) and not n.indices and not is_literal(n) and n not in functions
    }
    integrated = {n.variable for tree in env.model.trees for n in walk(tree) if isinstance(n, Integral)}
    for candidates in (inside & integrated, inside):
        if len(candidates) == 1:
            return candidates.pop()
    raise Undecidable("evaluation limits without a variable")


def _at(evaluator: Evaluator, body: Node, variable: Symbol, place: Node, env: Environment) -> Value:
    if place in (Symbol(r"\infty"), Negative(Symbol(r"\infty"))):
        sign = 1.0 if isinstance(place, Symbol) else -1.0
        return _limit(evaluator, body, variable, sign, env)
    value = evaluator.value(place, env)
    return evaluator.value(body, env.running_over(variable, value))


def _limit(evaluator: Evaluator, body: Node, variable: Symbol, sign: float, env: Environment) -> Value:
    """What an expression comes to far out; NaN where it has not come to it."""
    near, far = (
        evaluator.value(body, env.running_over(variable, constant(sign * x))) for x in (FAR, FARTHER)
    )
    settled = np.allclose(plain(near).astype(float), plain(far).astype(float), rtol=1e-12, atol=1e-14)
    return far if settled else constant(np.nan)
