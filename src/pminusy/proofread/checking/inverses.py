r"""Events solved for their random quantity: $P(X^2 \le t)$ is $P(-\sqrt{t} \le X \le \sqrt{t})$."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Value, add, divide, multiply, negative, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import FUNCTIONS, constant, exp, log, power
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
)

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

UNSOLVED = "the probability of this event of a quantity with a known distribution"


@dataclass(frozen=True)
class Between:
    """That something lies between two limits, of which one may be missing."""

    low: Value | None
    high: Value | None

    def by(self, function: Callable[[Value], Value], turned: bool = False) -> Between:
        """The same under a monotonic function; `turned` if it decreases."""
        low, high = (None if limit is None else function(limit) for limit in (self.low, self.high))
        return Between(high, low) if turned else Between(low, high)


@dataclass(frozen=True)
class Inverse:
    """What solves comparisons for the random quantity in them; `is_random` tells where that stands."""

    is_random: Callable[[Node], bool]
    evaluator: Evaluator
    env: Environment

    def solved(self, node: Node, limits: Between) -> tuple[Symbol, Between]:
        """The random quantity in an expression with one, and what it lies between where the expression does so.

        Raises
        ------
        Undecidable
            Where the expression is not monotonic, nor an even power between a number and its negative.
        """
        while not isinstance(node, Symbol):
            node, limits = self._step(node, limits)
        return node, limits

    def _step(self, node: Node, limits: Between) -> tuple[Node, Between]:
        """The part of an expression that is random, and what that lies between."""
        if isinstance(node, Group):
            return node.body, limits
        if isinstance(node, Negative):
            return node.body, limits.by(negative, turned=True)
        if isinstance(node, Add):
            inner, rest = self._parted(node.terms)
            moved = sum_of(map(self._number, rest))
            return inner, limits.by(lambda limit: add(limit, negative(moved)))
        if isinstance(node, Multiply) and "/" not in node.signs:
            inner, rest = self._parted(node.factors)
            factor = product_of(map(self._number, rest))
            return inner, limits.by(lambda limit: divide(limit, factor), _turns(factor))
        if isinstance(node, Divide) and not self.is_random(node.denominator):
            below = self._number(node.denominator)
            return node.numerator, limits.by(lambda limit: multiply(limit, below), _turns(below))
        if isinstance(node, Norm) and node.bar == "|":
            return node.body, _within(limits)
        if isinstance(node, Call) and len(node.arguments) == 1 and node.function.name in _INVERSES:
            return node.arguments[0], limits.by(_INVERSES[node.function.name])
        if isinstance(node, Power) and node.base == Symbol("e"):
            return node.exponent, limits.by(log)
        if isinstance(node, Power) and node.exponent == Number("2"):
            return node.base, _within(limits.by(FUNCTIONS["sqrt"]))
        raise Undecidable(UNSOLVED)

    def _parted(self, parts: tuple[Node, ...]) -> tuple[Node, list[Node]]:
        """The only random one of some terms or factors, and the others."""
        random = [part for part in parts if self.is_random(part)]
        if len(random) != 1:
            raise Undecidable(UNSOLVED)
        return random[0], [part for part in parts if part is not random[0]]

    def _number(self, part: Node) -> Value:
        return self.evaluator.number(part, self.env)


def sum_of(values: Iterable[Value]) -> Value:
    """The sum of some values, 0 where there are none."""
    start: Value = constant(0.0)
    return reduce(add, values, start)


def product_of(values: Iterable[Value]) -> Value:
    """The product of some values, 1 where there are none."""
    start: Value = constant(1.0)
    return reduce(multiply, values, start)


def _square(value: Value) -> Value:
    return power(value, constant(2.0))


_INVERSES: dict[str, Callable[[Value], Value]] = {"exp": log, "log": exp, "ln": exp, "sqrt": _square}


def _turns(factor: Value) -> bool:
    """Whether a factor is negative at every point, not positive."""
    signs = np.sign(plain(factor))
    if not (np.all(signs > 0) or np.all(signs < 0)):
        raise Undecidable("a factor of either sign in an event")
    return bool(signs.flat[0] < 0)


def _within(limits: Between) -> Between:
    """What a number lies between whose magnitude does not exceed a limit."""
    if limits.low is not None or limits.high is None:
        raise Undecidable("the probability that a magnitude exceeds a limit")
    return Between(negative(limits.high), limits.high)
