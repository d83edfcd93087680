"""A cheap first test of candidates: what stays the same from one to the next is evaluated once."""

from __future__ import annotations

import itertools
from typing import TypeAlias

import numpy as np

from pminusy.errors import InputError
from pminusy.proofread.checking.algebra import shape_of
from pminusy.proofread.checking.axes import axis
from pminusy.proofread.checking.compare import DIFFERENT, allowed
from pminusy.proofread.checking.dual import Array, Value, in_floats, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.evaluate import Evaluator
from pminusy.proofread.checking.sampling import KINDS, points
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.model.undecidable import NoTerms, Undecidable
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.syntax.tree import Node

ROUGHLY = 1e-4  # how near rough values have to be

Known: TypeAlias = dict[tuple[int, tuple[tuple[str, int, bytes], ...]], tuple[Node, Value]]


class Remembering(Evaluator):
    """An evaluator that keeps the values of nodes outside of derivatives and definitions."""

    def __init__(self, known: Known, *, rough: bool = False) -> None:
        super().__init__(rough=rough)
        self._known = known

    def value(self, node: Node, env: Environment) -> Value:
        """The value of an expression; the same node in the same scope is evaluated once."""
        if env.seeds or env.arguments or env.depth:
            return super().value(node, env)
        scope = tuple((name, values.ndim, values.tobytes()) for name, values in env.letters.items())
        key = (id(node), scope)
        if key not in self._known:
            self._known[key] = (node, super().value(node, env))
        return self._known[key][1]


class Sieve:
    """One point at which candidates are held against the left side; `work` counts the nodes evaluated for that.

    Where an integrand is singular at a limit, rough values are compared.
    """

    def __init__(self, known: Known, env: Environment, target: Array, mask: Array, rough: bool):
        self._known, self._env, self._target, self._mask, self._rough = known, env, target, mask, rough
        self.work = 0

    @staticmethod
    def of(problem: Problem, assumptions: tuple[Assumption, ...] = ()) -> Sieve | None:
        """The sieve of a problem under some assumptions; None where the left side has no value."""
        for kind, rough in itertools.product(KINDS, (False, True)):
            point = next(points(problem.model, kind, assumptions, range(1), 2))
            env = environment_of(problem, Environment(problem.model, point, problem.view.layout))
            known: Known = {}
            try:
                with np.errstate(all="ignore"):
                    target = Remembering(known, rough=rough).value(problem.left, env)
                    mask = allowed(env, problem.condition, dict(env.letters))
            except (Undecidable, NoTerms, InputError):
                continue
            if mask.any() and np.isfinite(in_floats(np.where(mask, plain(target), 0))).all():
                return Sieve(known, env, in_floats(plain(target)), mask, rough)
        return None

    def passes(self, candidate: Node) -> bool:
        """Whether the candidate equals the left side at the point."""
        evaluator = Remembering(self._known, rough=self._rough)
        try:
            with np.errstate(all="ignore"):
                value = evaluator.value(candidate, self._env)
        except (Undecidable, NoTerms, InputError, ArithmeticError, ValueError, KeyError):
            return False
        finally:
            self.work += evaluator.visits
        array = plain(value)
        if array.shape[-2:] != self._target.shape[-2:] and shape_of(value) != (1, 1):
            return False
        difference = in_floats(np.where(self._mask, array - self._target, 0))
        scale = max(float(np.abs(np.where(self._mask, self._target, 0)).max()), 1e-3)
        return bool(np.abs(difference).max() <= (ROUGHLY if self._rough else DIFFERENT) * scale)


def environment_of(problem: Problem, env: Environment) -> Environment:
    """The environment with an axis for each index letter that is free in the step."""
    model, sides = problem.model, (problem.left, problem.right)
    for name in problem.letters:
        if name not in model.sizes and not (model.is_integer(name) and model.rank(name) == 0):
            values = model.ranges.free_range(name, sides, env.point)
            env = env.with_letter(name, axis(values, env.level))
    return env
