"""A line is read in the way in which it holds, and the step says what that reading rests on."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

RIGHT = {
    "a name with two meanings": r"""
$$p = \frac{1}{1 + e^{-x}}$$
$$\frac{dp}{dx} = p (1 - p)$$
For the Poisson model instead, with
$$p = e^{x}$$
$$\frac{dp}{dx} = p$$""",
    "a call that was a product": r"""
$$g(x) = a x$$
$$b = c (x + 1) = c x + c$$
$$g(x) = x a$$""",
    "a mean by its bar": r"$$\sum_{i=1}^n (x_i - \bar{x}) = 0$$",
    "a positive root": r"$$\int_{-\infty}^{\infty} e^{-\frac{x^2}{2 \sigma^2}} dx = \sqrt{2 \pi} \sigma$$",
    "a name that a derivative is taken of, with what it depends on": r"""
$$z = \theta_1 x + \theta_2 w$$
$$\frac{\partial z(\theta_1)^2}{\partial \theta_1} = 2 z x$$""",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_a_right_line_holds(text: str) -> None:
    assert proofread(text).verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)


def test_the_choice_is_said() -> None:
    proof = proofread(r"$$\sum_{i=1}^n (x_i - \bar{x}) = 0$$")
    assert proof.steps[0].rests_on
    assert proof.steps[0].verdict in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF)


def test_the_chain_rule_of_a_logarithm() -> None:
    proof = proofread(
        r"$$\frac{\partial \log{f(x)}}{\partial x} = \frac{1}{f(x)} \frac{\partial f(x)}{\partial x}$$"
    )
    assert proof.verdict is Verdict.CORRECT


def test_charity_does_not_make_a_wrong_line_right() -> None:
    text = r"""
$$p = \frac{1}{1 + e^{-x}}$$
$$\frac{dp}{dx} = p (1 + p)$$
$$q = e^{x}$$
$$\frac{dq}{dx} = q$$"""
    proof = proofread(text)
    assert proof.verdict is Verdict.WRONG
    assert proof.first_wrong is not None
    assert proof.first_wrong.line == 3


def test_a_step_of_a_long_chain_is_read_by_itself() -> None:
    text = r"""$$p(y|x) = \mu$$
$$\nabla_\theta L(\theta) = \sum_n \left(\frac{y_n}{\mu_n} - \frac{1-y_n}{1-\mu_n}\right) \mu_n (1-\mu_n) \cdot x_n
= \sum_n (y_n - \mu_n) \cdot x_n$$"""
    assert proofread(text).steps[-1].verdict is StepVerdict.HOLDS
    assert proofread(text.replace("(y_n - ", "(y_n + ")).steps[-1].verdict is not StepVerdict.HOLDS
