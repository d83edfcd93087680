import pytest
from tests.proofread.reading import page

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.doubts.grounds import grounds_of
from pminusy.proofread.readings.doubts.unknown import questions


def asked(*formulas, text="", alone=False, equations=()):
    checked = check(page(*formulas, text=text))
    step = checked.steps[-1]
    pairs = [(each, checked.views[each.chain]) for each in checked.steps]
    places = frozenset([step.span]) if alone else frozenset()
    grounds = grounds_of(checked.page, True, pairs, checked.views, equations, places, checked.asides)
    view = checked.views[step.chain]
    return " ".join(questions(step, step.lhs_tree, step.rhs_tree, view, grounds))


@pytest.mark.parametrize(
    ("formulas", "question"),
    [
        (
            ("f = x^2", r"\frac{df}{dx} + \mathrm{penalty} = 2 x"),
            "What is penalty? Define it: penalty = …",
        ),
        (("f = x^2", r"\frac{df}{dx} = 2 x + q"), "q appears on one side only and is not defined"),
        (("y = a x", "y = 37 x"), "Were numbers substituted into the left side?"),
        ((r"\int_0^1 K(x, 1) \, dx = K(2, 3)",), "What is K? Define it: K(…) = …"),
    ],
)
def test_names_that_are_not_said_to_be_anything_are_asked_for(formulas, question):
    assert question in asked(*formulas)


def test_a_line_that_holds_with_new_names_asks_which_are_meant():
    assert "This holds if its names are new here" in asked("y = a x", "y = x a", alone=True)


def test_grounded_names_raise_no_question():
    assert asked("y = a x", "y = x a") == ""


def test_a_function_is_not_sure_where_the_page_defines_entries_of_that_name():
    text = r"$$\sigma_i = \frac{e^{v_i}}{\sum_n e^{v_n}}$$ $$\frac{\partial \sigma(v_i)}{\partial v_k} = {}$$"
    proof = proofread(text.replace("{}", r"\sigma(v_i) (\delta_{ik} - \sigma(v_k))"))
    assert proof.steps[-1].verdict is StepVerdict.UNDECIDED
    assert r"\sigma" in proof.steps[-1].question


def test_what_a_loss_depends_on_by_the_page_is_known_on_both_sides():
    page = r"$$z_i = \sum_j w_{ij} x_j + b_i$$"
    page += r" $$\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial z_i} x_j$$"
    wrong = page.replace(r"\partial z_i} x_j", r"\partial z_j} x_i")
    assert proofread(page).verdict == "correct"
    assert proofread(wrong).verdict == "wrong"


def test_an_entry_at_0_may_be_something_of_its_own():
    page = r"$$f(x) = a_0 + \sum_{n=1}^{\infty} a_n \cos(2\pi n x)$$ $$a_0 = \int_0^1 x \, dx = \frac{1}{2}$$"
    page += r" $$a_n = 2 \int_0^1 x \cos(2 \pi n x) \, dx$$"
    step = next(s for s in proofread(page).steps if s.lhs.strip() == "a_0")
    assert step.verdict == "undecided"
    assert "something of its own" in step.question
