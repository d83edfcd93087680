"""Dots between terms and factors."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"x_1 + x_2 + \cdots + x_n = \sum_{i=1}^n x_i", Verdict.CORRECT),
        (r"x_1 x_2 \cdots x_n = \prod_{i=1}^n x_i", Verdict.CORRECT),
        (r"w_1 x_1 + \dots + w_n x_n = \sum_{i=1}^n w_i x_i", Verdict.CORRECT),
        (r"\log (x_1 x_2 \cdots x_n) = \log x_1 + \log x_2 + \cdots + \log x_n", Verdict.CORRECT),
        (r"2 x_1 + 2 x_2 + \cdots + 2 x_n = \sum_{i=1}^n x_i", Verdict.WRONG),
    ],
)
def test_dots(line: str, verdict: Verdict) -> None:
    assert proofread(f"$${line}$$").verdict is verdict


def test_dots_that_leave_open_what_they_stand_for() -> None:
    assert (
        proofread(r"$$a + 7 + \cdots + q = s$$ $$2 a + \cdots + \log q = 2 s$$").verdict is not Verdict.WRONG
    )


def test_a_list_of_expressions_is_a_vector() -> None:
    text = r"For $R = \mathrm{diag}(p_1 (1 - p_1), \dots, p_n (1 - p_n))$ we have "
    assert proofread(text + r"$$x^T R x = \sum_{i=1}^n p_i (1 - p_i) x_i^2$$").verdict is Verdict.CORRECT
