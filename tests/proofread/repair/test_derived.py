"""What the rules make of the left side, in place of what stands on the right one."""

from tests.proofread.repair.failing import SOFTMAX, problem

from pminusy.proofread.repair.derived import FAR, derived, forms, meaning_of, put_in
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.syntax.latex import to_latex


def derived_edits(*formulas):
    found = problem(*formulas)
    return {(to_latex(edit.old), to_latex(edit.new)): edit for edit in derived(found, Scope(found))}


def test_only_the_part_that_differs_is_replaced():
    edits = derived_edits("g(t) = t^2 + e^t", "g'(t) = 2 t + 3")
    assert ("3", "e^t") in edits


def test_a_form_that_is_far_from_what_stands_there_comes_last():
    edits = derived_edits(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = 4")
    assert edits["4", r"p_i \sum_j y_j - y_i"].cost > FAR


def test_a_step_without_derivatives_has_no_forms():
    found = problem("a = 2 b", "a = 3 b")
    assert not list(forms(found, Scope(found)))


def test_definitions_are_put_in():
    found = problem(r"q = t^3", r"\frac{d q}{d t} = \frac{d}{d t} t^2")
    assert to_latex(put_in(found.left, found)) == r"\frac{d}{d t} t^3"
    assert meaning_of(found.right, found) is None
