r"""Expectations, variances and covariances over a distribution with a few outcomes.

What holds for every distribution holds for one that is drawn at random: every random quantity has a few values, each
combination of them has a weight of its own, and E[f(X, Y)] = Σ w_mn f(x_m, y_n). For quantities that the text calls
independent the weights are products. Given Y, only the weights with its value count.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.chances import distribution_of, mean_under, sides_of
from pminusy.proofread.checking.dual import Array, Value, add, multiply, negative
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.chances import base_name, events_of, is_conditioned
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Node, Symbol, walk

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

MANY_OUTCOMES, FEW_OUTCOMES, MOST_RANDOM = 3, 2, 6


def expectation(evaluator: Evaluator, node: Call, env: Environment) -> Value:
    """The value of `E[…]`, `Var[…]` or `Cov[…]`, if need be under a condition."""
    given = frozenset[str]()
    arguments = node.arguments
    if is_conditioned(node.function.name):
        before, behind = events_of(node.function.name)
        if any(event.operator for event in behind):
            raise Undecidable("an expectation under a condition on a value")
        arguments = node.arguments[: sum(event.arity for event in before)]
        given = _random_in(node.arguments[len(arguments) :], env)
    name = base_name(node.function.name)
    if name == "Cov" and len(arguments) == 2:
        return _covariance(evaluator, arguments[0], arguments[1], node, given, env)
    if len(arguments) != 1:
        raise Undecidable("an expectation of several quantities")
    if name in ("Var", "Cov"):
        return _covariance(evaluator, arguments[0], arguments[0], node, given, env)
    if (under := _under(node, env)) is not None and not given:
        return mean_under(evaluator, arguments[0], under, env)
    return _mean(evaluator, arguments[0], node, given, env)


def _under(node: Call, env: Environment) -> Call | None:
    """The distribution that stands below an expectation, where it can be evaluated."""
    under = next((each for each in node.function.lower if isinstance(each, Call)), None)
    if under is None:
        return None
    defined = env.model.families.resolve(under.function)[0] in env.model.definitions
    found = distribution_of(under.function.name, env)
    known = found is not None and any(event.name in found.variables for event in sides_of(under)[0])
    return under if defined or known else None


def _random_in(conditions: Sequence[Node], env: Environment) -> frozenset[str]:
    """The random quantities that a condition fixes."""
    symbols = (s for node in conditions for s in walk(node) if isinstance(s, Symbol))
    return frozenset(env.model.families.resolve(s)[0] for s in symbols) & env.model.random


def _mean(evaluator: Evaluator, body: Node, node: Call, given: frozenset[str], env: Environment) -> Value:
    total: Value | None = None
    for weight, outcome in _outcomes(node, given, env):
        term = multiply(constant(weight), evaluator.value(body, replace(env, outcome=outcome)))
        total = term if total is None else add(total, term)
    assert total is not None
    return total


def _covariance(
    evaluator: Evaluator, a: Node, b: Node, node: Call, given: frozenset[str], env: Environment
) -> Value:
    """E[ab] − E[a]E[b], of numbers."""
    means = _mean(evaluator, a, node, given, env), _mean(evaluator, b, node, given, env)
    total: Value = negative(multiply(*means))
    for weight, outcome in _outcomes(node, given, env):
        inner = replace(env, outcome=outcome)
        product = multiply(evaluator.number(a, inner), evaluator.number(b, inner))
        total = add(total, multiply(constant(weight), product))
    return total


def _outcomes(node: Call, given: frozenset[str], env: Environment) -> Iterator[tuple[float, dict[str, int]]]:
    """The weight of each outcome, and the number that each random quantity has in it.

    What is given keeps the number that it has around the expectation; outside of all, where it is free, its first.
    """
    families = sorted(env.model.random)
    if not families:
        raise Undecidable("an expectation without a random variable")
    if len(families) > MOST_RANDOM:
        raise Undecidable("an expectation over too many random variables")
    under = "".join(to_latex(index) for index in node.function.lower[:1])
    rng = np.random.default_rng([env.point.seed, zlib.crc32(under.encode())])
    count = MANY_OUTCOMES if len(families) < 3 else FEW_OUTCOMES
    weights = _weights(rng, [count] * len(families), env.model.independent)
    fixed = {family: env.outcome.get(family, 0) for family in given}
    ranges = [(fixed[family],) if family in fixed else range(count) for family in families]
    places = list(itertools.product(*ranges))
    whole = float(sum(weights[place] for place in places))
    unseen = given - env.outcome.keys()
    for place in places:
        outcome = {f: m for f, m in zip(families, place, strict=True) if f not in unseen}
        yield float(weights[place]) / whole, outcome


def _weights(rng: np.random.Generator, counts: Sequence[int], independent: bool) -> Array:
    """The joint weights of all outcomes; of independent quantities, products."""
    if not independent:
        return np.asarray(rng.dirichlet(np.full(int(np.prod(counts)), 3.0)).reshape(counts))
    weights = np.ones(())
    for count in counts:
        weights = np.multiply.outer(weights, rng.dirichlet(np.full(count, 3.0)))
    return np.asarray(weights)
