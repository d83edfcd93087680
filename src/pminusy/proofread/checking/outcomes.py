r"""The joint outcomes of random quantities, along an axis of their own.

An atom is a random quantity, or an entry of one whose entries vary by themselves; it has a few values, and an outcome
has one of these for every atom. Where the text calls the quantities independent, the weight of an outcome is the
product of those of its values; otherwise every outcome has a weight of its own.
"""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.axes import axis, rows_from_axes, with_axes
from pminusy.proofread.checking.dual import Array, Value, multiply, where
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.realisation import Realisation
from pminusy.proofread.checking.tables import entries
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import Node

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

MANY_VALUES, FEW_VALUES = 3, 2
MOST_RANDOM = 6  # quantities with a joint distribution of any kind
MOST_OUTCOMES, MOST_WITH_MANY = 4096, 6


@dataclass(frozen=True)
class Outcomes:
    """Where the outcomes are numbered: the environment that has their axis, their weights and their number."""

    env: Environment
    weights: Value
    count: int


def outcomes(bodies: Sequence[Node], under: str, given: frozenset[str], env: Environment) -> Outcomes:
    """The outcomes of the random quantities in some expressions.

    What is given keeps the value that it has around the expectation; outside of all, where it is free, it stays so.
    `under` tells one distribution from another.
    """
    if not env.model.random:
        raise Undecidable("an expectation without a random variable")
    if env.model.independent:
        return _apart(bodies, under, given, env)
    return _together(under, given, env)


def _together(under: str, given: frozenset[str], env: Environment) -> Outcomes:
    """The outcomes of all random quantities, of any joint distribution."""
    families = sorted(env.model.random)
    if len(families) > MOST_RANDOM:
        raise Undecidable("an expectation over too many random variables")
    count = MANY_VALUES if len(families) < 3 else FEW_VALUES
    rng = np.random.default_rng([env.point.seed, zlib.crc32(under.encode())])
    weights = rng.dirichlet(np.full(count ** len(families), 3.0)).reshape((count,) * len(families))
    free = [family for family in families if family not in given]
    digits = _digits([count] * len(free))
    level = env.level
    inner = env.with_letter(f"·{level}", axis(np.arange(len(digits)), level))
    state = {f: Realisation(digits[:, n], level, count) for n, f in enumerate(free)}
    state |= {f: env.outcome[f] for f in given if f in env.outcome}
    places = [state[f].at(()) if f in state else np.zeros((1, 1, 1), int) for f in families]
    chosen = weights[tuple(np.broadcast_arrays(*places))]
    whole = chosen.sum(0, keepdims=True) if len(digits) > 1 else chosen
    return Outcomes(replace(inner, outcome={**env.outcome, **state}), chosen / whole, len(digits))


def _apart(bodies: Sequence[Node], under: str, given: frozenset[str], env: Environment) -> Outcomes:
    """The outcomes of independent quantities, each of whose entries is independent of the others."""
    places = {family: _places(family, env) for family in sorted(env.model.random)}
    sizes = {family: math.prod(map(len, own)) for family, own in places.items()}
    many = sum(sizes.values()) <= MOST_WITH_MANY  # of all quantities, so that each has as many everywhere
    count = MANY_VALUES if many else FEW_VALUES
    reached = reached_families(env.model, tuple(bodies))
    families = sorted((env.model.random & reached) - given)
    atoms = sum(sizes[family] for family in families)
    if count**atoms > MOST_OUTCOMES:
        raise Undecidable("an expectation over too many random variables")
    digits = _digits([count] * atoms)
    level = env.level
    inner = env.with_letter(f"·{level}", axis(np.arange(len(digits)), level))
    weights: Value = constant(1.0)
    state = dict(env.outcome)
    at = 0
    for family in families:
        shape = tuple(len(values) for values in places[family])
        own = digits[:, at : at + sizes[family]]
        state[family] = Realisation(own.reshape(-1, *shape), level, count, places[family])
        for n, place in enumerate(itertools.product(*places[family])):
            mine = _weights(under, family, () if env.model.identical else place, count, env)
            weights = multiply(weights, axis(mine[own[:, n]], level))
        at += sizes[family]
    return Outcomes(replace(inner, outcome=state), weights, len(digits))


def _digits(counts: Sequence[int]) -> Array:
    """For every outcome, which value each atom has."""
    every = list(itertools.product(*map(range, counts)))
    return np.array(every, dtype=int).reshape(len(every), len(counts))


def _places(family: str, env: Environment) -> tuple[tuple[int, ...], ...]:
    """The index values that tell independent entries of a family apart, for each index that does."""
    model = env.model
    return tuple(
        tuple(sorted({*map(int, model.ranges.index_range(family, n, env.point)), *extra}))
        for n, extra in enumerate(model.own_entries(family))
    )


def _weights(under: str, family: str, place: tuple[int, ...], count: int, env: Environment) -> Array:
    key = [zlib.crc32(text.encode()) for text in (under, family)]
    rng = np.random.default_rng([env.point.seed, *key, *(n + 100 for n in place)])
    return np.asarray(rng.dirichlet(np.full(count, 3.0)))


def realised(family: str, indices: tuple[Array, ...], env: Environment, evaluator: Evaluator) -> Value:
    """A random quantity at indices, in all outcomes."""
    state = env.outcome[family]
    own = len(state.places)
    if len(indices) < own:
        ranges = [env.model.ranges.index_range(family, n, env.point) for n in range(len(indices), own)]
        places, inner = with_axes(ranges, env)
        return rows_from_axes(realised(family, (*indices, *places), inner, evaluator), env.level, places)
    digit = state.at(indices[:own])
    if env.model.identical:
        indices = (*(np.ones((1, 1, 1), int) for _ in range(own)), *indices[own:])
    value: Value = entries(family, indices, env, f"{family}#0")
    for n in range(1, state.count):
        value = where(digit == n, entries(family, indices, env, f"{family}#{n}"), value)
    return value
