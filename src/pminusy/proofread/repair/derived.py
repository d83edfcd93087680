"""The left side of a step carried on by rules: what the right side ought to be, derived and not searched for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pminusy.proofread.checking.compare import INTERNAL
from pminusy.proofread.repair.calculus import Calculus, NoRuleError
from pminusy.proofread.repair.counterpart import apart
from pminusy.proofread.repair.places import Edit
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.slips import NOT_CARRIED_OUT
from pminusy.proofread.rules.tidying import tidy
from pminusy.proofread.rules.tidying.numbers import length
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Node, Number, Symbol, has_derivative, walk

LONGEST = 60
FAR = 10.0  # how much less likely a form is that has little in common with what stands there


def forms(problem: Problem, scope: Scope) -> Iterator[Node]:
    """The left side with derivatives carried out; with definitions put into them, where the right side has some."""
    if not has_derivative(problem.left) or scope.has_vectors:
        return
    calculus = Calculus(problem.model)
    for rule in (calculus.put_in,) if has_derivative(problem.right) else ():
        form = rule(problem.left)
        if form != problem.left:
            yield form
    try:
        form = tidy(bare(calculus.carried_out(problem.left)), scope.is_scalar)
    except (NoRuleError, *INTERNAL):
        return
    if form != problem.left and length(form) <= LONGEST:
        yield form


def derived(problem: Problem, scope: Scope) -> list[Edit]:
    """Edits that make of the right side, or of a part of it, what the rules make of the left one."""
    found: list[Edit] = []
    for form in forms(problem, scope):
        size = 0.01 * length(form)
        far = 0.0 if _alike(form, problem.right) else FAR
        found.append(Edit(problem.right, form, NOT_CARRIED_OUT, 0.3 + size + far))
        parts = (edit for edit in apart(problem, form, problem.right) if edit.old != bare(problem.right))
        found += [Edit(edit.old, edit.new, NOT_CARRIED_OUT, size) for edit in parts]
    return found


def _alike(form: Node, right: Node) -> bool:
    """Whether two expressions have two thirds of their names and numbers in common."""
    ours, theirs = (
        Counter(n for n in walk(tree) if isinstance(n, Symbol | Number)) for tree in (form, right)
    )
    return 3 * (ours & theirs).total() >= 2 * max(ours.total(), theirs.total())
