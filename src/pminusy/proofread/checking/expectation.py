r"""Expectations, variances and covariances over a distribution with a few outcomes.

What holds for every distribution holds for one that is drawn at random: every random quantity has a few values, each
combination of them has a weight of its own, and E[f(X, Y)] = Σ w_mn f(x_m, y_n). For quantities that the text calls
independent the weights are products. Given Y, only the weights with its value count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.checking.algebra import is_scalar, matmul, transpose
from pminusy.proofread.checking.chances import (
    distribution_of,
    mean_of_joint,
    mean_under,
    sides_of,
)
from pminusy.proofread.checking.dual import Value, add, multiply, negative
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.outcomes import outcomes
from pminusy.proofread.meaning.lines.chance import distribution_letter, joint_letter
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.syntax.chances import (
    Event,
    base_name,
    events_of,
    is_conditioned,
    with_arguments,
)
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Call,
    Group,
    Multiply,
    Node,
    Symbol,
    walk,
)

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator


def expectation(evaluator: Evaluator, node: Call, env: Environment) -> Value:
    """The value of `E[…]`, `Var[…]` or `Cov[…]`, if need be under a condition."""
    arguments, behind = node.arguments, tuple[Event, ...]()
    conditions = tuple[Node, ...]()
    if is_conditioned(node.function.name):
        before, behind = events_of(node.function.name)
        count = sum(event.arity for event in before)
        arguments, conditions = node.arguments[:count], node.arguments[count:]
    name = base_name(node.function.name)
    if len(arguments) != 1 and not (name == "Cov" and len(arguments) == 2):
        raise Undecidable("an expectation of several quantities")
    is_mean = name not in ("Var", "Cov")
    if is_mean and not behind and (under := _under(node, env)) is not None:
        return mean_under(evaluator, arguments[0], under, env)
    if letter := _joint_letter(arguments, env):
        mean = mean_given(evaluator, node, letter, behind, conditions, env)
        return mean(arguments[0]) if is_mean else _covariance_by(mean, arguments[0], arguments[-1])
    if any(event.operator for event in behind):
        raise Undecidable("an expectation under a condition on a value")
    given = _random_in(conditions, env)
    if is_mean:
        return _mean(evaluator, arguments[0], node, given, env)
    return _covariance(evaluator, arguments[0], arguments[-1], node, given, env)


def _joint_letter(arguments: Sequence[Node], env: Environment) -> str:
    """The letter of the distribution that has all random quantities in an expectation; "" where there is none."""
    model = env.model
    if model.laws or not model.distributions:
        return ""
    symbols = [s for argument in arguments for s in main_symbols(argument) if s.name not in env.letters]
    random = {s.name for s in symbols if model.families.resolve(s)[0] in model.random}
    values = {s.name for s in symbols if any(d.variable_of(s.name) for d in model.distributions.values())}
    if any(model.rank(model.families.resolve(s)[0]) for s in symbols if s.name in random):
        return ""
    return joint_letter(random | values, model.distributions)


def mean_given(
    evaluator: Evaluator,
    node: Call,
    letter: str,
    behind: tuple[Event, ...],
    conditions: Sequence[Node],
    env: Environment,
) -> Callable[[Node], Value]:
    """What takes the mean of an expression over the joint distribution of the page, given the conditions."""
    found = env.model.distributions[letter]
    given: dict[str, Value] = {}
    for event, own in with_arguments(behind, conditions):
        variable = found.variable_of(event.name) or found.variable_of(event.name.lower())
        if variable:
            given[variable] = constant(float(event.number)) if event.number else evaluator.value(own[-1], env)
    below = [a for each in node.function.lower if isinstance(each, Call) for a in each.arguments]
    over = frozenset(found.variable_of(a.name) for a in below if isinstance(a, Symbol)) - {""}
    return lambda body: mean_of_joint(evaluator, body, given, letter, env, over)


def _covariance_by(mean: Callable[[Node], Value], a: Node, b: Node) -> Value:
    """E[ab] − E[a]E[b], of numbers."""
    product = Multiply((Group(a), Group(b)), ("",))
    return add(mean(product), negative(multiply(mean(a), mean(b))))


def _under(node: Call, env: Environment) -> Call | None:
    """The distribution that stands below an expectation, where it can be evaluated."""
    under = next((each for each in node.function.lower if isinstance(each, Call)), None)
    if under is None:
        return None
    under = _by_letter(under, env)
    defined = env.model.families.resolve(under.function)[0] in env.model.definitions
    found = distribution_of(under.function.name, env)
    known = found is not None and any(event.name in found.variables for event in sides_of(under)[0])
    return under if defined or known else None


def _by_letter(under: Call, env: Environment) -> Call:
    r"""What `E_q` is under: the distribution q of the only variable that it has on the page."""
    found = env.model.distributions.get(distribution_letter(under.function.name))
    if under.arguments or found is None or len(found.variables) != 1:
        return under
    return replace(under, arguments=(Symbol(min(found.variables)),))


def _random_in(conditions: Sequence[Node], env: Environment) -> frozenset[str]:
    """The random quantities that a condition fixes."""
    symbols = (s for node in conditions for s in walk(node) if isinstance(s, Symbol))
    return frozenset(env.model.families.resolve(s)[0] for s in symbols) & env.model.random


def _mean(evaluator: Evaluator, body: Node, node: Call, given: frozenset[str], env: Environment) -> Value:
    found = outcomes((body,), _name(node, env), given, env, evaluator)
    return found.mean(evaluator.value(body, found.env))


def _covariance(
    evaluator: Evaluator, a: Node, b: Node, node: Call, given: frozenset[str], env: Environment
) -> Value:
    """E[ab^T] − E[a]E[b]^T."""
    found = outcomes((a, b), _name(node, env), given, env, evaluator)
    values = [evaluator.value(each, found.env) for each in (a, b)]
    means = [found.mean(value) for value in values]
    return add(found.mean(_outer(*values)), negative(_outer(*means)))


def _outer(a: Value, b: Value) -> Value:
    """The product of two numbers, or that of a vector with the transpose of another."""
    return multiply(a, b) if is_scalar(a) or is_scalar(b) else matmul(a, transpose(b))


def _name(node: Call, env: Environment) -> str:
    r"""What tells one distribution from another: what stands below the sign, unless that is all that is random.

    `\mathbb{E}_X[X^2]` is `\mathbb{E}[X^2]`.
    """
    below = "".join(to_latex(index) for index in node.function.lower[:1])
    first = node.function.lower[0] if node.function.lower else None
    said = {name.lower() for name in first.name.split(",")} if isinstance(first, Symbol) else set()
    averaged = reached_families(env.model, node.arguments) & env.model.random
    return "" if averaged and {family.lower() for family in averaged} == said else below
