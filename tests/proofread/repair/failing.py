"""A step that fails, as the search for repairs is given it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.proofread.reading import page, tree

from pminusy.proofread.readings.check import check
from pminusy.proofread.repair.places import Edit, Place, places
from pminusy.proofread.repair.problem import Problem, problem_of
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Node, substitute

SOFTMAX = (r"p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}", r"L = -\sum_j y_j \log p_j")
LEAST_SQUARES = (r"J(w) = (t - X w)^T (t - X w)",)


def problem(*formulas: str, text: str = "") -> Problem:
    """The last step of a page, taken to fail."""
    checked = check(page(*formulas, text=text))
    found = problem_of(checked, checked.steps[-1])
    assert found is not None
    return found


def scope(*formulas: str) -> Scope:
    return Scope(problem(*formulas))


Generate = Callable[[Place, Scope], Iterator[Edit]]


def edited(generate: Generate, formula: str | Node, around: Scope) -> set[str]:
    """What the edits of one kind make of a formula, at all of its places."""
    whole = tree(formula) if isinstance(formula, str) else formula
    made = (edit for place in places(whole) for edit in generate(place, around))
    return {to_latex(substitute(whole, edit.old, edit.new)) for edit in made}


def latex(*formulas: str) -> set[str]:
    return {to_latex(tree(formula)) for formula in formulas}
