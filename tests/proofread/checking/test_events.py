"""Probabilities of inequalities."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Step, StepVerdict

NORMAL = r"$X \sim N(m, 1)$. "


def step(words: str, line: str) -> Step:
    return proofread(f"{words}\n\n$${line}$$").steps[-1]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("", r"P(X > x) = 1 - P(X \le x)"),
        ("", r"0 + P(a < X \le b) = P(X \le b) - P(X \le \min(a, b))"),
        ("", r"P(X \le x) = P(e^X \le e^x)"),
        ("", r"P(X \ge -x) = P(-X \le x)"),
        ("", r"P(|X - \mathbb{E}[X]| \ge 2) = P((X - \mathbb{E}[X])^2 \ge 4)"),
        (NORMAL, r"1 - P(X \ge x) = \Phi(x - m)"),
        (r"$X \sim \mathrm{Exp}(b)$. ", r"1 - P(X \ge 3) = 1 - e^{-3 b}"),
        (r"$X \sim U[0, 4]$. ", r"P(1 \le X \le 2) + 0 = \frac{1}{4}"),
    ],
)
def test_what_is_true_holds(words: str, line: str) -> None:
    assert step(words, line).verdict is StepVerdict.HOLDS


def test_multiplication_keeps_the_order_if_the_factor_is_positive() -> None:
    found = step("", r"P(X \le x) = P(c X \le c x)")
    assert (found.verdict, found.assumption) == (StepVerdict.HOLDS_IF, "c>=0")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("", r"P(X > x) = P(X \le x)"),
        ("", r"P(X \le x) = P(-X \le -x)"),
        ("", r"P(X \le x) = P(X + 1 \le x)"),
        ("", r"P(X \le x) = P(X^2 \le x^2)"),
        (NORMAL, r"1 - P(X \ge x) = \Phi(x + m)"),
        (r"$X \sim U[0, 4]$. ", r"P(1 \le X \le 2) + 0 = \frac{1}{2}"),
    ],
)
def test_what_is_not_does_not(words: str, line: str) -> None:
    assert not any(found.holds for found in proofread(f"{words}\n\n$${line}$$").steps)
