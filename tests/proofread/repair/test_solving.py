"""What has to stand at a place is solved for."""

import pytest
from tests.proofread.repair.failing import problem

from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.solving import solved
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import substitute


def repaired(*formulas):
    found = problem(*formulas)
    return {to_latex(substitute(found.right, edit.old, edit.new)) for edit in solved(found, Scope(found))}


@pytest.mark.parametrize(
    ("formulas", "right"),
    [
        ((r"\int_0^1 x^{40} dx = \frac{1}{17}",), r"\frac{1}{41}"),
        (("u = 7 v", r"u v + 1 = 9 v^2 + 1"), "7 v^2 + 1"),
        (("u = v w", r"u + v = v"), r"v + u"),
        (("u = v w", r"\log u + 1 = \log v + 1"), r"\log \left(w v\right) + 1"),
    ],
)
def test_numbers_factors_and_terms(formulas, right):
    assert right in repaired(*formulas)


def test_nothing_is_solved_for_where_the_left_side_has_no_value():
    found = problem("u = v", r"u + f(u) = v + 1")
    assert isinstance(solved(found, Scope(found)), list)


def test_what_is_solved_for_is_explained_by_no_slip():
    found = problem("u = 7 v", "u v + 1 = 9 v^2 + 1")
    assert all(edit.fits for edit in solved(found, Scope(found)))
