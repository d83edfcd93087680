r"""Expectations, variances and covariances over a distribution with a few outcomes.

What holds for every distribution holds for one that is drawn at random: in outcome m, which has weight w_m, every
random quantity has values of its own, and E[f(X)] = Σ_m w_m f(X_m). Quantities that the text calls independent have
outcomes of their own.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Value, add, multiply, negative
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Node

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

OUTCOMES, FEW_OUTCOMES, MOST_INDEPENDENT = 4, 2, 5


def expectation(evaluator: Evaluator, node: Call, env: Environment) -> Value:
    """The value of `E[…]`, `Var[…]` or `Cov[…]`."""
    arguments = node.arguments
    if node.function.name == "Cov" and len(arguments) == 2:
        return _covariance(evaluator, arguments[0], arguments[1], node, env)
    if len(arguments) != 1:
        raise Undecidable("an expectation under a condition, or of several quantities")
    if node.function.name in ("Var", "Cov"):
        return _covariance(evaluator, arguments[0], arguments[0], node, env)
    return _mean(evaluator, arguments[0], node, env)


def _mean(evaluator: Evaluator, body: Node, node: Call, env: Environment) -> Value:
    total: Value | None = None
    for weight, outcome in _outcomes(node, env):
        term = multiply(constant(weight), evaluator.value(body, replace(env, outcome=outcome)))
        total = term if total is None else add(total, term)
    assert total is not None
    return total


def _covariance(evaluator: Evaluator, a: Node, b: Node, node: Call, env: Environment) -> Value:
    """E[ab] − E[a]E[b], of numbers."""
    means = _mean(evaluator, a, node, env), _mean(evaluator, b, node, env)
    total: Value = negative(multiply(*means))
    for weight, outcome in _outcomes(node, env):
        inner = replace(env, outcome=outcome)
        product = multiply(evaluator.number(a, inner), evaluator.number(b, inner))
        total = add(total, multiply(constant(weight), product))
    return total


def _outcomes(node: Call, env: Environment) -> Iterator[tuple[float, dict[str, int]]]:
    """The weight of each outcome, and the number that each random quantity has in it."""
    families = sorted(env.model.random)
    if not families:
        raise Undecidable("an expectation that does not say of what")
    under = "".join(to_latex(index) for index in node.function.lower)
    rng = np.random.default_rng([env.point.seed, zlib.crc32(under.encode())])
    if not env.model.independent or len(families) > MOST_INDEPENDENT:
        weights = rng.dirichlet(np.full(OUTCOMES, 3.0))
        yield from ((float(w), dict.fromkeys(families, m)) for m, w in enumerate(weights))
        return
    each = {family: rng.dirichlet(np.full(FEW_OUTCOMES, 3.0)) for family in families}
    for places in itertools.product(range(FEW_OUTCOMES), repeat=len(families)):
        outcome = dict(zip(families, places, strict=True))
        yield float(np.prod([each[family][m] for family, m in outcome.items()])), outcome
