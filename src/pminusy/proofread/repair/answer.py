"""The right answer where a text ends with a wrong one, in its shortest form that was found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import ladder
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.proof import FinalAnswer, Suggestion
from pminusy.proofread.repair.closed_forms import closed_forms
from pminusy.proofread.repair.edits import edits
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.sieve import Sieve
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Differential,
    Group,
    Node,
    Symbol,
    substitute,
    walk,
)

MOST_FORMS, MOST_EDITS, MOST_LINES, MOST_RUNGS = 800, 60, 6, 3


def with_right_answer(
    answer: FinalAnswer, problem: Problem, repair: Suggestion
) -> tuple[FinalAnswer, Suggestion]:
    """The answer with the right one beside it, and with a still shorter one that needs an assumption; and the repair.

    What the repaired step says is right as well, but it is seldom what one would write down in the end. A repair that
    only says again what is asked for gives way to the right answer.
    """
    repaired = repair.repaired_tree
    asked = replace(problem, left=problem.start, right=repaired)
    worked_out = _is_worked_out(repaired, asked)
    forms = sorted(dict.fromkeys((*_forms(asked, repair), repaired)), key=_length)
    if worked_out:
        forms = [form for form in forms if _length(form) <= _length(repaired)]
    else:
        forms = [*(form for form in forms if form != repaired), repaired]
    forms = forms[:MOST_FORMS]
    right = _first_equal(asked, forms, ())
    if right is None:
        under, shorter = _first_under_assumptions(asked, forms)
        if shorter is None:
            return replace(answer, correct=repair.repaired, correct_if=repair.assumption), repair
        return replace(answer, correct=to_latex(shorter), correct_if=under), repair
    shorter_ones = [form for form in forms if _length(form) < _length(right)]
    under, shorter = _first_under_assumptions(asked, shorter_ones)
    simpler = None if shorter is None else to_latex(shorter)
    latex = to_latex(right)
    if not worked_out and repair.repair == repair.repaired:
        repair = replace(repair, repair=latex, repaired=latex, repaired_tree=right)
    return replace(answer, correct=latex, simpler=simpler, simpler_if=under), repair


def _length(form: Node) -> int:
    return sum(not isinstance(node, Group) for node in walk(form))


def _first_equal(asked: Problem, forms: list[Node], assumptions: tuple[Assumption, ...]) -> Node | None:
    """The first form that equals the left side under some assumptions."""
    sieve = Sieve.of(asked, assumptions)
    if sieve is None:
        return None
    layout = asked.view.layout
    equal = (
        form
        for form in forms
        if sieve.passes(form) and compare(asked.model, asked.left, form, asked.condition, assumptions, layout)
    )
    return next(equal, None)


def _first_under_assumptions(asked: Problem, forms: list[Node]) -> tuple[str | None, Node | None]:
    """The weakest assumption under which one of the forms is right, and that form."""
    rungs = ladder(asked.model, asked.left, asked.right, asked.stated)
    for assumptions in itertools.islice(rungs, MOST_RUNGS):
        form = _first_equal(asked, forms, assumptions)
        if form is not None:
            return " and ".join(map(str, assumptions)), form
    return None, None


def _forms(asked: Problem, repair: Suggestion) -> Iterator[Node]:
    """Forms to try: usual ones, later lines with the same kind of repair, and what the page says elsewhere."""
    free = free_letters(asked.left, asked.model.families)
    yield from closed_forms(Scope(asked), free)
    for line in asked.later[:MOST_LINES]:
        scope = Scope(replace(asked, right=line))
        same = [edit for edit in edits(line, scope) if edit.slip.name == repair.slip]
        yield from (substitute(line, edit.old, edit.new) for edit in same[:MOST_EDITS])
    for claim in asked.checked.found.claims:
        for member in claim.members[1:]:
            if member.tree is not None and _is_worked_out(member.tree, asked):
                yield member.tree


def _is_worked_out(tree: Node, asked: Problem) -> bool:
    """Whether an expression is an answer: no derivative, and no mere name for something."""
    if isinstance(tree, Symbol):
        return asked.definition_of(tree) is None
    return not any(
        isinstance(node, Derivative | Differential) or (isinstance(node, Call) and node.primes)
        for node in walk(tree)
    )
