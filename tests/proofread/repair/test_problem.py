from tests.proofread.reading import page
from tests.proofread.repair.failing import SOFTMAX, problem

from pminusy.proofread.readings.check import check
from pminusy.proofread.repair.problem import problem_of
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol


def test_a_problem_has_the_sides_that_differ_and_the_rest_of_the_chain():
    checked = check(page("y = a x", "y = a x + 1 = 1 + x a = 1 + a x"))
    found = problem_of(checked, checked.steps[0])
    assert (to_latex(found.left), to_latex(found.right)) == ("y", "a x + 1")
    assert [to_latex(tree) for tree in found.later] == ["1 + x a", "1 + a x"]
    assert found.start == Symbol("y")


def test_letters_families_and_definitions_of_its_sides():
    found = problem(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i y_i")
    assert found.letters == ("i",)
    assert {"L", "p", "o", "y"} <= set(found.families)
    assert found.definition_of(Symbol("L")) is not None
    assert found.definition_of(Symbol("y")) is None


def test_sides_agree_under_the_conditions_of_the_step():
    found = problem(r"s = \sum_i \sum_j b_{ij}", r"b_{ij} c = \delta_{ij} + b_{ij} c \quad i \ne j")
    assert found.equal(found.left, found.right)
    assert not found.equal(found.left, Symbol("c"), thorough=True)


def test_a_side_that_was_not_read_is_no_problem():
    checked = check(page("y = a x", "y = a x + 1"))
    from dataclasses import replace

    assert problem_of(checked, replace(checked.steps[0], rhs_tree=None)) is None


def test_the_left_side_is_repaired_only_where_no_line_leads_to_it():
    checked = check(page("y = a x", "y = a x + 1 = 1 + x a = 2 + a x"))
    first, _, last = checked.steps
    turned = problem_of(checked, first).turned()
    assert (to_latex(turned.left), to_latex(turned.right)) == ("a x + 1", "y")
    assert checked.page.text[turned.step.span.start : turned.step.span.end].strip() == "y"
    assert problem_of(checked, last).turned() is None
