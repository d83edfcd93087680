"""Equations that are rearranged and solved: each line is checked at the solution."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

START = r"""
$$\ell(p) = n \log p + m \log(1 - p)$$
Setting the derivative to zero gives
$$\frac{n}{p} - \frac{m}{1 - p} = 0$$
"""
RIGHT = (
    START
    + r"""
$$n (1 - p) = m p$$
$$\hat{p} = \frac{n}{n + m}$$"""
)


def test_a_right_solution_is_right() -> None:
    proof = proofread(RIGHT)
    assert proof.verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)
    assert any("substituting" in choice for step in proof.steps for choice in step.rests_on)


def test_a_wrong_line_between_is_found() -> None:
    proof = proofread(RIGHT.replace("n (1 - p) = m p", "n (1 + p) = m p"))
    assert proof.verdict is Verdict.WRONG
    assert proof.first_wrong is not None
    assert proof.first_wrong.line == 6


def test_a_wrong_solution_is_found() -> None:
    proof = proofread(RIGHT.replace(r"\frac{n}{n + m}", r"\frac{m}{n + m}"))
    assert [step.line for step in proof.steps if step.verdict is StepVerdict.FAILS] == [7]


def test_a_line_is_held_against_an_estimate_that_the_page_gives() -> None:
    text = r"""
The estimate is $$\hat{p} = \frac{n}{s}$$
With $\ell(p) = n \log p + (s - n) \log(1 - p)$,
$$\frac{d\ell}{dp} = \frac{n}{p} - \frac{s - n}{1 - p} = 0$$
$$\frac{n}{\hat{p}} = \frac{s - n}{1 - \hat{p}}$$
$$(1 - \hat{p}) \hat{p} = -n \hat{p} + s \hat{p}$$"""
    proof = proofread(text)
    assert [step.line for step in proof.steps if step.verdict is StepVerdict.FAILS] == [6]


@pytest.mark.parametrize(("value", "holds"), [(r"\frac{b}{a}", True), (r"\frac{2b}{a}", False)])
def test_a_star_marks_the_solution_for_the_name_without_it(value: str, holds: bool) -> None:
    lines = rf"$$\frac{{\partial f}}{{\partial w}} = 2aw - 2b = 0$$ $$aw = b$$ $$w^* = {value}$$"
    proof = proofread("Set the derivative to zero: " + lines)
    assert all(step.holds for step in proof.steps) is holds


def test_a_name_that_nothing_is_differentiated_by_is_no_solution() -> None:
    text = r"""The derivative is zero at the maximum:
$$\frac{\partial}{\partial t} \sum_i g_i (x_i - t)^2 = 0$$
$$\frac{\partial}{\partial t} \sum_i g_i \log (1 + (x_i - t)^2) = 0$$
$$g_i = \frac{w_i}{1 + x_i^2}$$"""
    assert not any(step.verdict is StepVerdict.FAILS for step in proofread(text).steps)
