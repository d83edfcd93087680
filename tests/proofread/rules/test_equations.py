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


def rules_of_last(text):
    return [reason.rule for reason in proofread(text).steps[-1].why()]


def test_what_is_put_in_tells_more_than_a_fraction_as_a_factor():
    text = r"""$$h(w) = \log w$$
$$\frac{\sin t}{h(w)} = \frac{\cos(\frac{\pi}{2} - t)}{h(w)}$$
$$\frac{\sin t}{\log w} = \frac{\cos(\frac{\pi}{2} - t)}{\log w}$$"""
    assert "multiply both sides" not in rules_of_last(text)


def test_the_equation_before_with_one_side_rewritten():
    text = r"""$$u(t) = \int \log t \, dt$$
$$\frac{d}{dt} u(t) = \frac{d}{dt} \int \log t \, dt$$
$$\frac{d}{dt} u(t) = \frac{d}{dt} (c + t \log t - t)$$"""
    assert rules_of_last(text) == ["earlier line put in", "antiderivative"]


def test_the_equation_before_with_the_derivatives_of_both_sides_worked_out():
    text = r"""$$h(t) = t^2$$
$$\frac{h(t)}{\frac{d}{dt} t^3} = \frac{t^2}{\frac{d}{dt} t^3}$$
$$\frac{h(t)}{3 t^2} = \frac{t^2}{3 t^2}$$"""
    assert "power rule" in rules_of_last(text)[0]
