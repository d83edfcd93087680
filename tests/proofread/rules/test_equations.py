"""Equations that follow from earlier ones."""

import pytest

from pminusy.proofread import proofread

GIVEN = r"$$f(x) = \sin x + x^2$$" + "\n" + r"$$g(x) = \cos x$$"


@pytest.mark.parametrize(
    ("equation", "rule"),
    [
        (r"\frac{d}{dx} f(x) = \frac{d}{dx} (\sin x + x^2)", "differentiate both sides"),
        (r"f(x)^3 = (\sin x + x^2)^3", "raise both sides to a power"),
        (r"\frac{f(x)}{x} = \frac{\sin x + x^2}{x}", "divide both sides"),
        (r"x f(x) = x (\sin x + x^2)", "multiply both sides"),
        (r"f(x) + e^x = \sin x + x^2 + e^x", "add to both sides"),
        (r"f(x) - x^2 = \sin x", "subtract from both sides"),
        (r"\cos(f(x)) = \cos(\sin x + x^2)", "apply a function to both sides"),
        (r"\int f(x) dx = \int (\sin x + x^2) dx", "integrate both sides"),
    ],
)
def test_the_same_is_done_to_both_sides(equation, rule):
    step = proofread(f"{GIVEN}\n$${equation}$$").steps[-1]
    assert step.holds
    (reason,) = step.why()
    assert reason.rule == rule
    assert "line" in reason.sentence


def test_one_equation_is_put_into_another():
    text = GIVEN + "\n" + r"$$\frac{d}{dx} \sin x = \cos x$$" + "\n" + r"$$\frac{d}{dx} \sin x = g(x)$$"
    (reason,) = proofread(text).steps[-1].why()
    assert reason.rule == "put in the left side for the right"
    assert reason.sentence.startswith("In line 3, ")
