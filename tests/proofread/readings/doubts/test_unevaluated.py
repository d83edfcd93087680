import pytest
from tests.proofread.reading import page

from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.doubts.grounds import grounds_of
from pminusy.proofread.readings.doubts.unevaluated import chances, questions


def last(*formulas, text=""):
    checked = check(page(*formulas, text=text))
    step = checked.steps[-1]
    pairs = [(each, checked.views[each.chain]) for each in checked.steps]
    grounds = grounds_of(checked.page, True, pairs, checked.views, (), frozenset(), checked.asides)
    return step, checked.views[step.chain], grounds


def asked(*formulas, text=""):
    step, view, grounds = last(*formulas, text=text)
    return " ".join(questions(step.lhs_tree, step.rhs_tree, view, grounds))


@pytest.mark.parametrize(
    ("formulas", "text", "question"),
    [
        (
            (r"\mathbb{E}[X^2] + 0 = \mathbb{E}[X] a",),
            "X has a Poisson distribution.",
            "how the random variables",
        ),
        ((r"\mathbb{E}[X] + 0 = a",), "", "is not evaluated here; what is its argument?"),
        ((r"\int u \, dw + 0 = \int w \, du",), "", "depend on?"),
        ((r"a + 0 = \int x^2 \, dx",), "", "What range of x is integrated over?"),
        ((r"G = \int \cos x \, dx", "G^2 + 0 = C^2"), "", "a constant of integration"),
    ],
)
def test_what_is_said_of_chances_and_integrals_in_words_is_asked_for(formulas, text, question):
    assert question in asked(*formulas, text=text)


def test_plain_steps_raise_no_question():
    assert asked("y = a x", "y = x a") == ""


def test_expectations_that_the_page_does_not_define_are_found():
    step, view, _ = last(r"\mathbb{E}[X] + 0 = a")
    assert chances(step.lhs_tree, view)
    assert chances(step.rhs_tree, view) == []
