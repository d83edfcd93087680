"""The left side of a step carried on by rules: what the right side ought to be, derived and not searched for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.checking.compare import INTERNAL
from pminusy.proofread.repair.counterpart import apart
from pminusy.proofread.repair.gradients import with_gradients
from pminusy.proofread.repair.places import Edit
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.slips import NOT_CARRIED_OUT
from pminusy.proofread.rules.carried_out import carried_out, spread_out
from pminusy.proofread.rules.chains import first_moves
from pminusy.proofread.rules.families import names
from pminusy.proofread.rules.tidying import tidy
from pminusy.proofread.rules.tidying.numbers import length
from pminusy.proofread.rules.tidying.parentheses import written
from pminusy.proofread.syntax.parentheses import bare, grouped
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Node,
    Number,
    Symbol,
    has_derivative,
    map_children,
    transform,
    walk,
)

LONGEST = 60
FAR = 10.0  # how much less likely a form is that has little in common with what stands there


def forms(problem: Problem, scope: Scope) -> Iterator[Node]:
    """The left side with derivatives carried out; with definitions put into them, where the right side has some."""
    if not has_derivative(problem.left):
        return
    if has_derivative(problem.right):
        form = put_in(problem.left, problem)
        if form != problem.left:
            yield form
    yield from (form for form in worked_out_forms(problem.left, problem, scope) if form != problem.left)


def worked_out(node: Node, problem: Problem, scope: Scope) -> Node | None:
    """A formula of the step with its derivatives carried out, as one would write it; None where that is not seen."""
    return next(iter(worked_out_forms(node, problem, scope)), None)


def worked_out_forms(node: Node, problem: Problem, scope: Scope) -> list[Node]:
    """The formula with its derivatives carried out, with sums of several terms, and with a sum for each of them."""
    try:
        found = with_gradients(node, problem.setting)
        whole = None if found or scope.has_vectors else carried_out(node, problem.setting)
        found += [] if whole is None else [whole, spread_out(whole, problem.setting)]
    except INTERNAL:
        return []
    tidied = dict.fromkeys(
        tidy(written(_with_own_logarithm(form, problem)), scope.is_scalar) for form in found
    )
    return [form for form in tidied if length(form) <= LONGEST]


def _with_own_logarithm(form: Node, problem: Problem) -> Node:
    """A formula in which a natural logarithm has the name that it has on the page."""
    sides = (problem.left, problem.right, *problem.model.trees)
    called = {n.function for tree in sides for n in walk(tree) if isinstance(n, Call)}
    own = next((each for each in called if each.name == "ln"), None)
    if own is None or any(each.name == "log" for each in called):
        return form
    return transform(
        form, lambda n: replace(n, function=own) if isinstance(n, Call) and n.function == Symbol("log") else n
    )


def put_in(node: Node, problem: Problem) -> Node:
    """A formula with what is differentiated in it replaced by its definition."""
    if isinstance(node, Derivative):
        meaning = meaning_of(node.body, problem)
        return node if meaning is None else replace(node, body=grouped(meaning), form="operator")
    return map_children(node, lambda child: put_in(child, problem))


def meaning_of(node: Node, problem: Problem) -> Node | None:
    """What a name or a call is defined as, with its own indices and arguments put in."""
    move = next(first_moves((names.DEFINITION,), bare(node), problem.setting), None)
    return None if move is None else written(move[1].new)


def derived(problem: Problem, scope: Scope) -> list[Edit]:
    """Edits that make of the right side, or of a part of it, what the rules make of the left one."""
    found: list[Edit] = []
    for form in forms(problem, scope):
        size = 0.01 * length(form)
        far = 0.0 if alike(form, problem.right) else FAR
        found.append(Edit(problem.right, form, NOT_CARRIED_OUT, 0.3 + size + far))
        parts = (edit for edit in apart(problem, form, problem.right) if edit.old != bare(problem.right))
        found += [Edit(edit.old, edit.new, NOT_CARRIED_OUT, size) for edit in parts]
    return found


def alike(form: Node, right: Node) -> bool:
    """Whether two expressions have two thirds of their names and numbers in common."""
    ours, theirs = (
        Counter(n for n in walk(tree) if isinstance(n, Symbol | Number)) for tree in (form, right)
    )
    return 3 * (ours & theirs).total() >= 2 * max(ours.total(), theirs.total())
