"""What would have to stand at a place for the step to hold: solved for, and read as a number or what the page has.

From the value of the left side, the value that each part of the right side needs follows from outside in: a term needs
what the other terms leave, a factor what the other factors divide out. Compared with the value that the part has, this
gives the number that it lacks, the factor, or the term.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from pminusy.errors import InputError
from pminusy.proofread.checking.algebra import shape_of
from pminusy.proofread.checking.compare import allowed
from pminusy.proofread.checking.dual import Array, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.sampling import KINDS, points
from pminusy.proofread.meaning.model.undecidable import NoTerms, Undecidable
from pminusy.proofread.repair.edits.factors import divided, times
from pminusy.proofread.repair.places import Edit, Place
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.sieve import Known, Remembering, environment_of
from pminusy.proofread.repair.slips import (
    FACTOR_LOST,
    INNER_LOST,
    NUMBER_LOST,
    NUMBER_WRONG,
    TERM_LOST,
    WRONG_FACTOR,
)
from pminusy.proofread.rules.build import number
from pminusy.proofread.rules.tidying.numbers import fraction_of, is_plain
from pminusy.proofread.syntax.parentheses import bare, grouped, product
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Group,
    Integral,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    is_literal,
    walk,
)

SAMPLES, CLOSE = 5, 1e-9
LIMITS = (
    (1_000, 1e-10),
    (10_000_000, 1e-12),
)  # denominators, and how near a value must come to a fraction with one
MOST_DIGITS = 10_000_000  # numerator times denominator
MOST_PLACES, MOST_FACTORS = 60, 24
LARGEST = 12  # numerator and denominator of the number before a quantity


@dataclass(frozen=True)
class Demand:
    """A part of the right side, the value it has, and the value it needs."""

    place: Place
    has: Array
    needs: Array

    @property
    def node(self) -> Node:
        """The part."""
        return self.place.node

    @property
    def takes_term(self) -> bool:
        """Whether a term more can be written after the part."""
        place = self.place
        return (place.is_term or isinstance(place.parent, Group)) and not isinstance(place.parent, Add)


def solved(problem: Problem, scope: Scope) -> list[Edit]:
    """Edits that put in what is missing; none where a value is not a plain number."""
    values = Values.of(problem)
    if values is None:
        return []
    target, right = values.of_node(problem.left), values.of_node(problem.right)
    if target is None or right is None:
        return []
    found: list[Edit] = []
    with np.errstate(all="ignore"):
        demands = itertools.islice(_demands(Place(problem.right), right, target, values), MOST_PLACES)
        offers = Offers(scope, values)
        for demand in demands:
            found += _numbers(demand, values)
            found += _quantities(demand, offers, values)
    return [replace(edit, fits=True) for edit in found]


class Values:
    """Values of expressions at one point, with several samples."""

    def __init__(self, env: Environment, mask: Array) -> None:
        axes = (letter.shape for letter in env.letters.values())
        self._env, self._mask = (
            env,
            np.broadcast_to(mask, np.broadcast_shapes(mask.shape, *axes, (SAMPLES, 1, 1))),
        )
        self._known: Known = {}

    @staticmethod
    def of(problem: Problem) -> Values | None:
        """A point at which both sides have a value; None where there is none."""
        for kind in KINDS:
            point = next(points(problem.model, kind, (), range(1), SAMPLES))
            env = environment_of(problem, Environment(problem.model, point, problem.view.layout))
            try:
                values = Values(env, allowed(env, problem.condition, dict(env.letters)))
            except (Undecidable, NoTerms, InputError):
                continue
            sides = [values.of_node(side) for side in (problem.left, problem.right)]
            if all(side is not None and np.isfinite(values.kept(side)).all() for side in sides):
                return values
        return None

    def of_node(self, node: Node) -> Array | None:
        """The value of an expression; None if it has none, or is a vector."""
        try:
            with np.errstate(all="ignore"):
                value = Remembering(self._known).value(node, self._env)
        except (Undecidable, NoTerms, InputError, ArithmeticError, ValueError, KeyError):
            return None
        found = plain(value)
        return found.astype(float) if shape_of(value) == (1, 1) and not np.iscomplexobj(found) else None

    def kept(self, array: Array) -> Array:
        """The entries of an array that the condition of the step allows, in one row."""
        kept: Array = np.broadcast_to(array, self._mask.shape)[self._mask.astype(bool)]
        return kept

    def ratio(self, above: Array, below: Array) -> Fraction | None:
        """The quotient of two values where it is one number that is a simple fraction."""
        return _as_fraction(self.kept(above / below))


def _as_fraction(values: Array) -> Fraction | None:
    if not values.size or not np.isfinite(values).all():
        return None
    value = float(values.mean())
    if np.abs(values - value).max() > CLOSE * max(abs(value), 1e-12) or abs(value) > 1e9:
        return None
    for limit, near in LIMITS:
        fraction = Fraction(value).limit_denominator(limit)
        if abs(fraction.numerator) * fraction.denominator > MOST_DIGITS:
            return None  # any value is near some fraction with numbers so large
        if abs(float(fraction) - value) <= near * abs(value):
            return fraction
    return None


def _demands(place: Place, has: Array, needs: Array, values: Values) -> Iterator[Demand]:
    """The place and those in it whose needs follow from its own."""
    yield Demand(place, has, needs)
    for part, own, wanted in _parts(place.node, has, needs, values):
        yield from _demands(Place(part, (*place.above, place.node)), own, wanted, values)


def _parts(node: Node, has: Array, needs: Array, values: Values) -> Iterator[tuple[Node, Array, Array]]:
    match node:
        case Group():
            yield node.body, has, needs
        case Negative():
            yield node.body, -has, -needs
        case Add():
            for term in node.terms:
                own = values.of_node(term)
                if own is not None:
                    yield term, own, needs - (has - own)
        case Multiply() if is_plain(node):
            for factor in node.factors:
                own = values.of_node(factor)
                if own is not None:
                    yield factor, own, needs * own / has
        case Divide():
            above, below = values.of_node(node.numerator), values.of_node(node.denominator)
            if above is not None and below is not None:
                yield node.numerator, above, needs * below
                yield node.denominator, below, above / needs
        case Power():
            base, exponent = values.of_node(node.base), values.of_node(node.exponent)
            if base is not None and exponent is not None:
                yield node.base, base, np.where(needs > 0, np.abs(needs) ** (1 / exponent), np.nan)
                yield node.exponent, exponent, np.log(needs) / np.log(base)
        case Call(arguments=(argument,)) if node.function.name in _INVERSES and not node.function.indices:
            own = values.of_node(argument)
            if own is not None and not node.primes:
                yield argument, own, _INVERSES[node.function.name](needs)


_INVERSES = {"log": np.exp, "ln": np.exp, "exp": np.log, "sqrt": np.square}


def _numbers(demand: Demand, values: Values) -> Iterator[Edit]:
    """Another number, a number as a factor, a number as a term."""
    node = demand.place.node
    if isinstance(node, Number) and "." in node.text:
        whole = _as_fraction(values.kept(demand.needs))
        if whole is not None and (decimal := _decimal(whole)) is not None:
            yield Edit(node, Number(decimal), NUMBER_WRONG, _weight(whole))
        return
    if fraction_of(node) is not None:
        whole = _as_fraction(values.kept(demand.needs))
        if whole is not None and whole != fraction_of(node):
            yield Edit(node, number(whole), NUMBER_WRONG, _weight(whole))
        return
    factor = values.ratio(demand.needs, demand.has)
    has_number = isinstance(node, Multiply) and any(fraction_of(each) is not None for each in node.factors)
    if factor is not None and factor not in (0, 1, -1) and demand.place.is_term and not has_number:
        yield Edit(node, times(number(factor), node), NUMBER_LOST, _weight(factor))
    term = _as_fraction(values.kept(demand.needs - demand.has))
    if term and demand.takes_term:
        yield Edit(node, _with_term(node, number(term)), TERM_LOST, _weight(term))


def _decimal(value: Fraction) -> str | None:
    """A number with decimals; None where they do not end."""
    text = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return text if Fraction(text) == value and value >= 0 else None


def _weight(value: Fraction) -> float:
    """The longer a number, the less likely it is."""
    return 0.05 + 0.05 * len(f"{abs(value.numerator)}{value.denominator}")


def _with_term(node: Node, term: Node) -> Node:
    return Add((*(node.terms if isinstance(node, Add) else (node,)), term))


def _quantities(demand: Demand, offers: Offers, values: Values) -> Iterator[Edit]:
    """A quantity of the page as a factor, in place of a name, or, alone or times another, as a term."""
    node, place = demand.node, demand.place
    ratio, needs = values.kept(demand.needs / demand.has), values.kept(demand.needs)
    if place.is_term and fraction_of(node) is None:
        for n, each, factor in offers.multiples(ratio):
            slip = FACTOR_LOST if isinstance(each, Symbol) else INNER_LOST
            yield Edit(node, times(_times(factor, each), node), slip, 0.02 * n + _weight(factor))
        for n, each, factor in offers.multiples(1 / ratio):
            yield Edit(node, _divided(node, each, 1 / factor), FACTOR_LOST, 0.1 + 0.02 * n + _weight(factor))
    if isinstance(node, Symbol | Call | Number) and not is_literal(node):
        for n, each, factor in offers.multiples(needs):
            yield Edit(node, grouped(_times(factor, each)), WRONG_FACTOR, 0.02 * n + _weight(factor))
    if demand.takes_term:
        lacks = values.kept(demand.needs - demand.has)
        for n, each, factor in (*offers.multiples(lacks), *offers.multiples_of_two(lacks)):
            yield Edit(node, _with_term(node, _times(factor, each)), TERM_LOST, 0.02 * n + _weight(factor))


def _times(factor: Fraction, node: Node) -> Node:
    """The multiple, with its sign before it."""
    sized = product(number(abs(factor)), node)
    return Negative(sized) if factor < 0 else sized


def _divided(node: Node, by: Node, factor: Fraction) -> Node:
    quotient = divided(node, by)
    return quotient if factor == 1 else _times(factor, grouped(quotient))


class Offers:
    """Expressions of the page with their values, nearest first."""

    def __init__(self, scope: Scope, values: Values) -> None:
        self._nodes: list[Node] = []
        rows: list[Array] = []
        whole = (bare(scope.problem.left), bare(scope.problem.right))
        constants = _constants(scope) if is_literal(scope.problem.right) else ()
        for node in (*_with_roots(scope.expressions(())), *constants):
            value = None if bare(node) in whole or fraction_of(node) is not None else values.of_node(node)
            if value is not None and np.isfinite(kept := values.kept(value)).all() and (kept != 0).all():
                self._nodes.append(node)
                rows.append(kept)
        self._rows = np.array(rows) if rows else np.empty((0, 0))

    def multiples(self, wanted: Array) -> Iterator[tuple[int, Node, Fraction]]:
        """Expressions of which a value is a simple multiple."""
        if len(self._rows) and np.isfinite(wanted).all():
            yield from self._constant(wanted / self._rows, self._nodes)

    def multiples_of_two(self, wanted: Array) -> Iterator[tuple[int, Node, Fraction]]:
        """Products of two expressions of which a value is a simple multiple."""
        few = self._rows[:MOST_FACTORS]
        if not len(few) or not np.isfinite(wanted).all():
            return
        for n, row in enumerate(few):
            nodes = [product(self._nodes[n], other) for other in self._nodes[n:MOST_FACTORS]]
            for m, node, factor in self._constant(wanted / (row * few[n:]), nodes):
                yield n + m + 10, node, factor

    def _constant(self, quotients: Array, nodes: list[Node]) -> Iterator[tuple[int, Node, Fraction]]:
        spread = np.abs(quotients - quotients[:, :1]).max(axis=1)
        for n in np.flatnonzero(spread <= CLOSE * np.abs(quotients[:, 0])):
            factor = _as_fraction(quotients[n])
            if factor and max(abs(factor.numerator), factor.denominator) <= LARGEST:
                yield int(n), nodes[n], factor


def _constants(scope: Scope) -> tuple[Node, ...]:
    """What the value of an integral between numbers is often made of."""
    limits = [each for n in walk(scope.problem.left) if isinstance(n, Integral) for each in (n.low, n.high)]
    roots = [Call(Symbol("sqrt"), (bare(each),)) for each in limits if each and fraction_of(each) is None]
    surds = [Call(Symbol("sqrt"), (Number(text),)) for text in ("2", "3", "5")]
    logarithms = [Call(Symbol("log"), (Number(text),)) for text in ("2", "3", "5")]
    return (Symbol(r"\pi"), Symbol("e"), *surds, *roots, *logarithms)


def _with_roots(nodes: Iterator[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if not isinstance(bare(node), Call | Power | Symbol) and fraction_of(node) is None:
            yield Call(Symbol("sqrt"), (bare(node),))
