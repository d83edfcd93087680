import pytest
from tests.proofread.reading import page

from pminusy.proofread import proofread
from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.doubts.notation import questions


def asked(*formulas, text=""):
    """The questions about the last step of a page, whatever its verdict."""
    checked = check(page(*formulas, text=text))
    step = checked.steps[-1]
    return " ".join(questions(step, step.lhs_tree, step.rhs_tree, checked.views[step.chain]))


@pytest.mark.parametrize(
    ("formulas", "question"),
    [
        ((r"a + 0 = \sum_{k=1}^{n} b",), "Does the summand depend on k?"),
        (("f(x) = x^2", "f(x)^{-1} + 0 = a"), "the inverse function or the reciprocal"),
        (("D y + 0 = a",), "Is D an operator?"),
        ((r"\mathbf{v} + 0 = v a",), "Are bold v and plain v different"),
        (("e^{i x} + 0 = a_i",), "the imaginary unit"),
        ((r"f = e^x", r"\frac{df}{dx} = 1 + x + o(x)"), "higher-order terms"),
        ((r"A^\dagger x + 0 = b",), "the pseudoinverse"),
        ((r"\frac{d}{dt} (t^3 + t) = 5t^2 + 1 \Bigl|_{t=0}",), "both sides taken at t = 0"),
        ((r"\frac{d}{dx} (x^2 + y^2) = \frac{d}{dx} 4",), "both sides of an equation"),
        ((r"\psdif{a} x + 0 = b",), r"What does \psdif do"),
    ],
)
def test_notation_that_can_be_read_in_two_ways_is_asked_about(formulas, question):
    assert question in asked(*formulas)


def test_plain_notation_raises_no_question():
    assert asked("y = a x", "y = x a") == ""


def test_a_derivative_that_vanishes_was_probably_misread():
    (step,) = proofread(r"$$\frac{d}{dx}(x^2 - x \cdot x) = 2x$$").steps
    assert "depend on" in step.question


def test_a_differential_on_one_side_only_is_applied_to_something():
    page = r"Let $\phi(t) = f(x + t h)$. $$\phi'(t) = df(x + t h) \cdot h$$"
    assert proofread(page).steps[-1].verdict == "undecided"


def test_bold_capitals_are_no_numbers():
    page = r"$$\begin{pmatrix} \textbf{X}^T & \textbf{Y} \end{pmatrix} \begin{pmatrix} \textbf{X} \\ 1 \end{pmatrix}"
    page += r" = \textbf{X}^T \textbf{X}$$"
    assert proofread(page).verdict == "undecided"


def test_a_letter_that_is_bold_elsewhere_may_be_a_number_where_it_is_plain():
    page = (
        r"Let $\mathbf{v} \in \mathbb{R}^3$ and $s = \mathbf{v}^T \mathbf{v}$, $M = \mathbf{v} \mathbf{v}^T$."
    )
    page += (
        r" Then $$\mathbf{v}^T M \mathbf{v} = s^2$$ Elsewhere, $v = (a - b)^2$ and $$v = a^2 - 2 a b + b^2$$"
    )
    assert proofread(page).verdict != "wrong"
