r"""The joint outcomes of random quantities, along an axis of their own.

An atom is a random quantity, or an entry of one whose entries vary by themselves; it has a few values, and an outcome
has one of these for every atom. Where the text calls the quantities independent, the weight of an outcome is the
product of those of its values; otherwise every outcome has a weight of its own.
"""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.axes import axis, components, has_axis, rows_from_axes, summed, with_axes
from pminusy.proofread.checking.dual import Array, Value, add, multiply, plain, where
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.folds import if_vanishing
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.checking.integrals import COARSE
from pminusy.proofread.checking.ladder import reached_families, with_definitions
from pminusy.proofread.checking.laws import density, location, scale, standard_values
from pminusy.proofread.checking.realisation import Realisation
from pminusy.proofread.checking.tables import entries
from pminusy.proofread.checking.vector_laws import realised_vector, values_of_vector
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.syntax.tree import Node, Number, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

MANY_VALUES, FEW_VALUES = 3, 2
VALUES_IN_EVENTS = 16  # where it counts which values are larger than others
VECTORS = 6  # values of a vector, so that its covariance matrix has an inverse
MOST_RANDOM = 6  # quantities with a joint distribution of any kind
MOST_OUTCOMES, MOST_WITH_MANY, MOST_OF_VECTORS = 4096, 6, 300
SETTLED = 1e-7  # how near to 1 the probabilities of all values must come
COUPLED = 0.3  # how far quantities that nobody calls independent are from being so


@dataclass(frozen=True)
class Outcomes:
    """Where the outcomes are numbered.

    `env` is the environment that has their axis, `weights` what each counts, `count` their number, and `rule` how they
    are summed: plainly, as an integral or as a series.
    """

    env: Environment
    weights: Value
    count: int
    rule: str = ""

    def mean(self, value: Value) -> Value:
        """The mean of a value in these outcomes."""
        level = self.env.level - 1
        terms = multiply(self.weights, value)
        if self.rule == "integral":
            return COARSE.total(terms, level)
        if self.rule == "series":
            terms = if_vanishing(terms, level)
        return summed(terms, level, self.count)


def outcomes(
    bodies: Sequence[Node], under: str, given: frozenset[str], env: Environment, evaluator: Evaluator
) -> Outcomes:
    """The outcomes of the random quantities in some expressions.

    What is given keeps the value that it has around the expectation; outside of all, where it is free, it stays so.
    `under` tells one distribution from another.
    """
    if not env.model.random:
        raise Undecidable("an expectation without a random variable")
    if env.model.independent or env.model.laws:
        return _apart(bodies, under, given, env, evaluator)
    return _together(under, given, env)


def _together(under: str, given: frozenset[str], env: Environment) -> Outcomes:
    """The outcomes of all random quantities, of any joint distribution."""
    families = sorted(env.model.random)
    if len(families) > MOST_RANDOM:
        raise Undecidable("an expectation over too many random variables")
    count = MANY_VALUES if len(families) < 3 else FEW_VALUES
    if len(families) < 3 and any(env.model.rank(family) for family in families):
        count = VECTORS
    if env.model.has_events:
        count = min(VALUES_IN_EVENTS, int(MOST_OUTCOMES ** (1 / len(families))))
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
    whole = chosen.sum(0, keepdims=True) if has_axis(chosen, level) else chosen
    return Outcomes(replace(inner, outcome={**env.outcome, **state}), chosen / whole, len(digits))


def _apart(
    bodies: Sequence[Node], under: str, given: frozenset[str], env: Environment, evaluator: Evaluator
) -> Outcomes:
    """The outcomes of quantities with distributions of their own, each of whose entries varies by itself."""
    places = {family: _places(family, env) for family in sorted(env.model.random)}
    sizes = {family: math.prod(map(len, own)) for family, own in places.items()}
    reached = _with_parents(reached_families(env.model, tuple(bodies)), env)
    families = sorted((env.model.random & reached) - given)
    only = families[0] if len(families) == 1 else ""
    depends = bool(_with_parents(frozenset([only]), env) & env.model.random - {only})
    if not depends and only in env.model.laws and env.model.rank(only) <= len(places[only]):
        spot = _only_place(only, bodies, env) if sizes[only] > 1 else ()
        alone = None if spot is None else _by_density(only, spot, places[only], env, evaluator)
        if alone is not None:
            return alone
    counts = _counts(families, sizes, places, env)
    if math.prod(counts[family] ** sizes[family] for family in families) > MOST_OUTCOMES:
        raise Undecidable("an expectation over too many random variables")
    digits = _digits([counts[family] for family in families for _ in range(sizes[family])])
    level = env.level
    inner = env.with_letter(f"·{level}", axis(np.arange(len(digits)), level))
    weights, tilts = np.ones(len(digits)), list[Array]()
    state = dict(env.outcome)
    at = 0
    for family in families:
        own = digits[:, at : at + sizes[family]]
        at += sizes[family]
        shape = tuple(len(values) for values in places[family])
        state[family] = Realisation(
            own.reshape(-1, *shape), level, counts[family], places[family], seeds=env.seeds
        )
        for n, place in enumerate(itertools.product(*places[family])):
            mine = _weights(under, family, place, counts[family], env)
            weights = weights * mine[own[:, n]]
            tilt = np.random.default_rng([env.point.seed, n, at]).uniform(-1, 1, counts[family])
            tilts.append((tilt - mine @ tilt)[own[:, n]])
    if not env.model.independent and tilts:
        weights = weights * _coupling(tilts)
    return Outcomes(replace(inner, outcome=state), axis(weights, level), len(digits))


def _with_parents(families: frozenset[str], env: Environment) -> frozenset[str]:
    """Families, and those that the parameters of their laws are made of."""
    laws, found, more = env.model.laws, families, families
    while more:
        nodes = tuple(node for family in more & laws.keys() for node in laws[family].parameters)
        more = reached_families(env.model, nodes) - found
        found |= more
    return found


def _counts(
    families: Sequence[str],
    sizes: Mapping[str, int],
    places: Mapping[str, tuple[tuple[int, ...], ...]],
    env: Environment,
) -> dict[str, int]:
    """How many values each entry of some families has; as many in every expectation, whatever else is in that."""
    model, total = env.model, sum(sizes.values())
    usual = MANY_VALUES if total <= MOST_WITH_MANY else FEW_VALUES
    if model.has_events and total:
        usual = max(usual, min(VALUES_IN_EVENTS, int(MOST_OUTCOMES ** (1 / total))))
    counts = {}
    for family in families:
        vector = model.rank(family) > len(places[family])
        if family in model.laws:
            counts[family] = values_of_vector(_rows(family, env)) if vector else MANY_VALUES
        else:
            whole = vector and VECTORS ** sizes[family] <= MOST_OF_VECTORS
            counts[family] = VECTORS if whole else usual
    return counts


def _rows(family: str, env: Environment) -> int:
    """How many entries a vector has that varies as a whole."""
    return len(env.model.ranges.index_range(family, len(env.model.own_entries(family)), env.point))


def _only_place(family: str, bodies: Sequence[Node], env: Environment) -> tuple[Node, ...] | None:
    """The indices of the only entry of a family that some expressions are made of; None where there are several."""
    symbols = [s for tree in with_definitions(env.model, tuple(bodies)) for s in main_symbols(tree)]
    resolved = [env.model.families.resolve(s) for s in symbols]
    found = {indices for name, indices in resolved if name == family}
    if len(found) != 1:
        return None
    place = found.pop()
    known = all(isinstance(n, Number) or (isinstance(n, Symbol) and n.name in env.letters) for n in place)
    return place if known and len(place) == len(env.model.own_entries(family)) else None


def _by_density(
    family: str,
    place: tuple[Node, ...],
    places: tuple[tuple[int, ...], ...],
    env: Environment,
    evaluator: Evaluator,
) -> Outcomes | None:
    """All values of one quantity with a law; None where that does not say what they are."""
    law = env.model.laws[family]
    indices = [evaluator.index(node, env) for node in place] or [np.full((1, 1, 1), p[0]) for p in places]
    letters = {name: index for name, index in zip(law.letters, indices, strict=False) if name}
    found = density(law, replace(env, letters={**env.letters, **letters}), evaluator)
    if found is None:
        return None
    level, shape = env.level, tuple(len(own) for own in places)
    inner = env.with_letter(f"·{level}", axis(np.arange(found.count), level))
    state = Realisation(np.zeros((found.count, *shape), int), level, 1, places, found.values)
    every = Outcomes(
        replace(inner, outcome={**env.outcome, family: state}), found.weights, found.count, found.rule
    )
    whole = plain(every.mean(constant(1.0)))  # 1 unless a parameter has a value that it cannot have
    possible = np.where(np.abs(whole - 1) < SETTLED, 1.0, np.nan)
    return replace(every, weights=multiply(possible, found.weights))


def _coupling(tilts: Sequence[Array]) -> Array:
    """What makes quantities dependent in pairs, without changing the distribution of any of them."""
    return 1 + COUPLED * sum(
        (one * other for one, other in itertools.combinations(tilts, 2)), np.zeros_like(tilts[0])
    )


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
    """The probabilities of an atom's values."""
    if (law := env.model.laws.get(family)) is not None:
        if env.model.rank(family) > len(place):
            return np.full(count, 1 / count)
        return standard_values(law, family, env.point.seed)[1]
    key = [zlib.crc32(text.encode()) for text in (under, family)]
    own = () if env.model.identical else place
    rng = np.random.default_rng([env.point.seed, *key, *(n + 100 for n in own)])
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
    if state.values is not None:
        return state.values
    if (law := env.model.laws.get(family)) is not None:
        letters = {name: index for name, index in zip(law.letters, indices[:own], strict=False) if name}
        others = {other: each for other, each in env.outcome.items() if other != family}
        outer = replace(
            env.deeper(), letters={**env.letters, **letters}, arguments={}, outcome=others, seeds=state.seeds
        )
        if env.model.rank(family) > own:
            vector = realised_vector(law, digit, _rows(family, env), outer, evaluator)
            return components(vector, indices[own:])
        standard = standard_values(law, family, env.point.seed)[0][digit]
        return add(location(law, outer, evaluator), multiply(scale(law, outer, evaluator), standard))
    if env.model.identical:
        indices = (*(np.ones((1, 1, 1), int) for _ in range(own)), *indices[own:])
    value: Value = entries(family, indices, env, f"{family}#0")
    for n in range(1, state.count):
        value = where(digit == n, entries(family, indices, env, f"{family}#{n}"), value)
    return value
