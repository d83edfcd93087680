"""Which rule went wrong: the left side carried on with one rule applied wrongly, until that gives the wrong line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.checking.compare import INTERNAL
from pminusy.proofread.repair.mistakes import (
    algebra,
    derivatives,
    integrals,
    moments,
    moving_limits,
    softmax,
)
from pminusy.proofread.repair.mistakes.mistake import Make, Mistake, Write
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.sieve import Sieve
from pminusy.proofread.repair.style import Style
from pminusy.proofread.rules.build import without_groups
from pminusy.proofread.rules.carried_out import with_derivatives
from pminusy.proofread.rules.chains import first_moves, worked_out
from pminusy.proofread.rules.families import names
from pminusy.proofread.rules.places import Put, places
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.tidying.parentheses import written
from pminusy.proofread.syntax.tree import Derivative, Integral, Node, has_derivative

MOST_WORK = 20_000  # nodes evaluated for one step
KINDS: tuple[Make, ...] = (
    *softmax.KINDS,
    *derivatives.KINDS,
    *integrals.KINDS,
    *moving_limits.KINDS,
    *algebra.KINDS,
    *moments.KINDS,
)
LAST: tuple[Make, ...] = (*derivatives.LAST,)  # that say less than a rule with a name


def mistake(problem: Problem, style: Style) -> Mistake | None:
    """The rule applied wrongly that leads from the left side to the wrong right one; None where none does."""
    target = Sieve.of(replace(problem, left=problem.right, right=problem.left))
    if target is None:
        return None
    for tree, found in _mistaken(problem, style):
        if target.work > MOST_WORK:
            return None
        if target.passes(tree) and problem.equal(problem.right, tree, thorough=True):
            return found
    return None


def _mistaken(problem: Problem, style: Style) -> Iterator[tuple[Node, Mistake]]:
    """The left side, carried on to some place and with a mistake there, and the mistake."""
    setting, tidy = problem.setting, Tidy()

    def write(node: Node) -> str:
        return f"${style.latex(written(node))}$"

    stations = list(_stations(problem.left, setting, tidy))
    for kinds in (KINDS, LAST):
        for node, put in stations:
            for kind in kinds:
                for found in _made(kind, node, setting, write):
                    yield put(_around(found.new, node)), found


def _made(kind: Make, node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    try:
        yield from kind(node, setting, write)
    except INTERNAL:
        return


def _around(new: Node, node: Node) -> Node:
    """What the innermost derivative of several became, under the others."""
    rest = node.variables[:-1] if isinstance(node, Derivative) else ()
    return Derivative(new, rest, "operator") if rest else new


def _stations(start: Node, setting: Setting, tidy: Tidy) -> Iterator[tuple[Node, Put]]:
    """The places at which a rule is applied on the way, outermost first, each with the formula around it."""
    if has_derivative(start):
        tree = with_derivatives(tidy(start), setting, tidy)
        for node, put in places(tree):
            if isinstance(node, Derivative) and isinstance(
                node.body, Integral
            ):  # which no rule may carry out
                yield node, put
        for applied in worked_out(tree, setting, tidy):
            for node, put in places(tree):
                if node == applied.before:
                    yield node, put
                    yield from _defined(node, put, setting)
                    break
            tree = applied.tree
    for node, put in places(without_groups(start)):
        yield node, put


def _defined(node: Node, put: Put, setting: Setting) -> Iterator[tuple[Node, Put]]:
    """A derivative of what has a definition, with the definition put in, where a rule for the whole was applied."""
    if isinstance(node, Derivative):
        for _, move in first_moves((names.DEFINITION,), node.body, setting):
            yield replace(node, body=move.new, form="operator"), put
