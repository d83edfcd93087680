r"""Probabilities of which the page gives no formula: marginals and conditionals of one joint distribution.

What holds for every distribution holds for one that is made up: its variables have a few values each, the weight of
$(x, y)$ is a smooth positive function $w(x, y; \theta)$, a sum or an integral over x runs over its values, and
$p(x \mid y; \theta) = w(x, y; \theta) / \sum_{x'} w(x', y; \theta)$, what is not mentioned being summed out. So
Bayes' rule, the law of total probability and derivatives by parameters hold as they should.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.algebra import is_scalar, shape_of, total
from pminusy.proofread.checking.axes import axis, summed
from pminusy.proofread.checking.dual import Array, Value, add, divide, multiply
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import FUNCTIONS, constant
from pminusy.proofread.meaning.lines.chance import (
    Distribution,
    distribution_letter,
    is_over_everything,
    is_summed_out,
    parameters_below,
    variable_name,
)
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.syntax.chances import Event, compares_values, events_of, is_conditioned, with_arguments
from pminusy.proofread.syntax.tree import (
    Binding,
    Call,
    Fold,
    Group,
    Integral,
    Multiply,
    Negative,
    Node,
    Symbol,
    walk,
)

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

WAVES, VALUES = 4, 3
VISITS = 20  # of nodes, that are as much work as a probability
_ENDLESS = Symbol(r"\infty")


def distribution_of(name: str, env: Environment) -> Distribution | None:
    """The distribution that a function speaks of; None where it is no probability without a formula."""
    found = env.model.distributions.get(distribution_letter(name))
    return found if not is_conditioned(name) or compares_values(name) else None


def probability(evaluator: Evaluator, node: Call, arguments: list[Value], env: Environment) -> Value:
    """The value of `p(x | y)`."""
    evaluator.spend(VISITS)
    letter = distribution_letter(node.function.name)
    found = env.model.distributions[letter]
    values = {
        found.capitals.get(name, name): _number(value, name, env)
        for name, value in (values_of(node, arguments) | _numbers(evaluator, node, found, env)).items()
    }
    names = {variable_name(e.name, bool(e.operator)) for e in sides_of(node)[0]}
    asked = {found.capitals.get(name, name) for name in names} & found.variables
    for below in parameters_below(node):
        values.setdefault(below.name, _number(evaluator.value(below, env), below.name, env))
    for name in sorted(found.parameters - values.keys()):
        values |= _parameter(evaluator, name, env)
    others = found.variables - values.keys()
    top = _marginal(letter, found, values, others, evaluator, env)
    known = {name: value for name, value in values.items() if name not in asked}
    return divide(top, _marginal(letter, found, known, others | asked, evaluator, env))


def values_of(node: Call, arguments: list[Value]) -> dict[str, Value]:
    """The value of each thing that a probability is of or given."""
    values: dict[str, Value] = {}
    before, behind = sides_of(node)
    for event, own in with_arguments((*before, *behind), arguments):
        variable = variable_name(event.name, bool(event.operator))
        if variable in values or ":" in variable:  # x_{1:T} stands for all of x_1, …, x_T
            raise Undecidable("a joint distribution of several values of one random variable")
        values[variable] = constant(float(event.number)) if event.number else own[-1]
    return values


def _numbers(evaluator: Evaluator, node: Call, found: Distribution, env: Environment) -> dict[str, Value]:
    """The numbers of the classes or events that a probability is of or given."""
    before, behind = sides_of(node)
    pairs = with_arguments((*before, *behind), node.arguments)
    symbols = [(event.name, own[-1]) for event, own in pairs if event.name in found.numbered and own]
    return {
        name: evaluator.index(symbol.indices[0], env).astype(float)
        for name, symbol in symbols
        if isinstance(symbol, Symbol) and len(symbol.indices) == 1
    }


def sides_of(node: Call) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """What stands before the bar of a probability and behind it."""
    if is_conditioned(node.function.name):
        return events_of(node.function.name)
    return tuple(Event(a.name if isinstance(a, Symbol) else "·") for a in node.arguments), ()


def _parameter(evaluator: Evaluator, name: str, env: Environment) -> dict[str, Value]:
    """What a parameter that is not mentioned is at the place at hand."""
    try:
        return {name: _number(evaluator.value(Symbol(name), env), name, env)}
    except (Undecidable, ValueError):
        return {}


def _number(value: Value, name: str, env: Environment) -> Value:
    """A vector or matrix as a number: its product with a fixed one."""
    return value if is_scalar(value) else total(multiply(_direction(name, shape_of(value), env), value))


def _direction(name: str, shape: tuple[int, int], env: Environment) -> Array:
    rng = np.random.default_rng([env.point.seed, zlib.crc32(name.encode()), *shape])
    return rng.uniform(0.5, 1.5, (1, *shape)) * rng.choice([-1.0, 1.0], (1, *shape))


def _marginal(
    letter: str,
    found: Distribution,
    values: Mapping[str, Value],
    others: Iterable[str],
    evaluator: Evaluator,
    env: Environment,
) -> Value:
    """The weights of all values of the other variables together."""
    every, inner, counts = dict(values), env, list[int]()
    for name in sorted(others):
        places = _values(name, found, evaluator, env)
        across = axis(places.astype(float), inner.level)
        every[name] = across
        inner = inner.with_letter(f"·{inner.level}", across)
        counts.append(len(places))
    weight = _weight(letter, found, every, env)
    for position in reversed(range(len(counts))):
        weight = summed(weight, env.level + position, counts[position])
    return weight


def _weight(letter: str, found: Distribution, values: Mapping[str, Value], env: Environment) -> Value:
    """A smooth positive function; of independent variables, a product of one for each."""
    if not env.model.independent:
        return FUNCTIONS["exp"](_waves(letter, values, env))
    total_waves: Value = constant(0.0)
    for name in sorted(found.variables):
        own = {n: v for n, v in values.items() if n == name or n not in found.variables}
        total_waves = add(total_waves, _waves(letter + name, own, env))
    return FUNCTIONS["exp"](total_waves)


def _waves(letter: str, values: Mapping[str, Value], env: Environment) -> Value:
    heights, phases = _shape_of_waves(env.point.seed, letter)
    speeds = {name: _speeds(env.point.seed, f"{letter}:{name}") for name in values}
    result: Value = constant(0.0)
    for n in range(WAVES):
        angle: Value = constant(phases[n])
        for name, value in values.items():
            angle = add(angle, multiply(constant(speeds[name][n]), value))
        result = add(result, multiply(constant(heights[n]), FUNCTIONS["sin"](angle)))
    return result


@lru_cache(maxsize=256)
def _shape_of_waves(seed: int, letter: str) -> tuple[Array, Array]:
    rng = np.random.default_rng([seed, zlib.crc32(letter.encode())])
    return rng.uniform(0.4, 1.0, WAVES), rng.uniform(0, 6, WAVES)


@lru_cache(maxsize=1024)
def _speeds(seed: int, name: str) -> Array:
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    return np.asarray(rng.uniform(0.4, 1.3, WAVES) * rng.choice([-1.0, 1.0], WAVES))


def _values(name: str, found: Distribution, evaluator: Evaluator, env: Environment) -> Array:
    """The values of a variable: those of a letter, 0 and 1 where it is compared with these, or any three."""
    if name not in evaluator.ranges:
        evaluator.ranges[name] = _values_anew(name, found, evaluator, env)
    return evaluator.ranges[name]


def _values_anew(name: str, found: Distribution, evaluator: Evaluator, env: Environment) -> Array:
    letter = found.letters.get(name, name)
    if letter in env.model.families.letters:
        return _range(letter, evaluator, env)
    if name in found.values:
        last = max(found.values[name])
        return np.arange(2) if last < 2 else np.arange(1, last + 1)
    rng = np.random.default_rng([env.point.seed, zlib.crc32(name.encode()), VALUES])
    return rng.uniform(0.3, 1.7, VALUES)


def _range(letter: str, evaluator: Evaluator, env: Environment) -> Array:
    """The values of a letter: from limits that a sum gives, else from the slots that it stands in."""
    for tree in env.model.trees:
        for node in walk(tree):
            if (
                isinstance(node, Binding)
                and node.index == Symbol(letter)
                and node.high not in (None, _ENDLESS)
            ):
                low = 1 if node.low is None else int(evaluator.index(node.low, env).ravel()[0])
                return np.arange(low, int(evaluator.index(node.high, env).ravel()[0]) + 1)
    return env.model.ranges.range_of_letter(letter, env.model.trees, env.point)


def is_over_outcomes(node: Integral, env: Environment) -> bool:
    """Whether an integral is over all values of a random quantity whose distribution has no formula."""
    return is_over_everything(node) and is_summed_out(node, node.variable.name, env.model.distributions)


def over_outcomes(evaluator: Evaluator, node: Integral, env: Environment) -> Value:
    """The sum of the body over all values of a random quantity."""
    name = node.variable.name
    found = next(d for d in env.model.distributions.values() if name in d.variables)
    values = _values(name, found, evaluator, env)
    level = env.level
    inner = env.with_letter(f"·{level}", axis(np.arange(len(values)), level))
    places = axis(np.asarray(values, float), level)
    if env.model.rank(name):
        rows = len(env.model.ranges.index_range(name, 0, env.point))
        direction = _direction(name, (rows, 1), env)
        places = places * direction / (direction**2).sum()
    inner = replace(inner, arguments={**env.arguments, node.variable: places})
    return summed(evaluator.value(node.body, inner), level, len(values))


def mean_under(evaluator: Evaluator, body: Node, under: Call, env: Environment) -> Value:
    """The mean of something over the variables of a distribution, `E_{q(z | x)}[…]`."""
    before, _ = sides_of(under)
    product: Node = Multiply((under, Group(body)), ("",))
    for event, own in with_arguments(before, under.arguments):
        if event.number or not isinstance(own[-1], Symbol):
            raise Undecidable("an expectation over something other than a variable")
        variable = own[-1]
        if variable.name in env.model.families.letters and not variable.indices:
            product = Fold("sum", (Binding(variable),), product)
        else:
            product = Integral(variable, Negative(_ENDLESS), _ENDLESS, product)
    return evaluator.value(product, env)


def mean_of_joint(
    evaluator: Evaluator,
    body: Node,
    given: Mapping[str, Value],
    letter: str,
    env: Environment,
    over: frozenset[str] = frozenset(),
) -> Value:
    """The mean of something over those variables of a joint distribution that it contains and that are not given.

    `over` are the variables over which it is taken if it says so.
    """
    found = env.model.distributions[letter]
    reached = {symbol.name for symbol in main_symbols(body)}
    asked = sorted({found.variable_of(name) for name in reached} - {"", *given})
    asked = [name for name in asked if not over or name in over]
    known = {name: _number(value, name, env) for name, value in given.items()}
    for name in sorted(found.parameters - known.keys()):
        known |= _parameter(evaluator, name, env)
    inner, values, counts = env, dict(known), list[int]()
    bound = {**env.arguments, **_bound(found, given)}
    for name in asked:
        places = axis(np.asarray(_values(name, found, evaluator, env), float), inner.level)
        values[name] = places
        bound |= _bound(found, {name: places})
        inner = inner.with_letter(f"·{inner.level}", places)
        counts.append(len(places))
    others = found.variables - values.keys()
    top = _marginal(letter, found, values, others, evaluator, inner)
    bottom = _marginal(letter, found, known, others | set(asked), evaluator, env)
    inner = replace(inner, arguments=bound)
    total_mean = multiply(divide(top, bottom), evaluator.value(body, inner))
    for position in reversed(range(len(counts))):
        total_mean = summed(total_mean, env.level + position, counts[position])
    return total_mean


def _bound(found: Distribution, values: Mapping[str, Value]) -> dict[Symbol, Value]:
    """What the names of variables, small and capital, stand for where these have values."""
    names = {variable: [variable] for variable in values}
    for capital, variable in found.capitals.items():
        names.setdefault(variable, []).append(capital)
    return {Symbol(name): value for variable, value in values.items() for name in names[variable]}
