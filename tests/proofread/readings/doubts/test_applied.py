import pytest
from tests.proofread.reading import page

from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.doubts.applied import questions


def asked(*formulas):
    """The questions about the last step of a page, whatever its verdict."""
    checked = check(page(*formulas))
    step = checked.steps[-1]
    return " ".join(questions(step.lhs_tree, step.rhs_tree, checked.views[step.chain].model))


@pytest.mark.parametrize(
    ("formulas", "question"),
    [
        (("u = 5 t", "u(t) - u(t - 1) + 0 = a"), "does it say where u is taken"),
        ((r"W = \int_0^1 q(t) \ln q(t) dt", r"\frac{\delta W}{\delta q(t)} = 1 + \ln q(t)"), "variational"),
    ],
)
def test_brackets_and_functions_may_mean_something_else(formulas, question):
    assert question in asked(*formulas)


def test_what_a_total_derivative_is_by_may_be_given_by_the_rest():
    page = ("q = 30 - 3 p", "R = p q", r"\frac{dR}{dq} = 10 - \frac{2 q}{3}")
    assert "the other way round" in asked(*page)
