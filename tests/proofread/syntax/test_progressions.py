"""What dots between terms stand for."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict

RIGHT = [
    r"1 + 3 + 5 + \dots + (2m - 1) = m^2",
    r"3 + 6 + \dots + 3m = \frac{3m(m + 1)}{2}",
    r"z - \frac{z^3}{3} + \frac{z^5}{5} - \dots + (-1)^m \frac{z^{2m+1}}{2m+1}"
    r" = \sum_{k=0}^m (-1)^k \frac{z^{2k+1}}{2k+1}",
    r"b_0 (t-u) + \cdots + \frac{b_m}{m+1} (t-u)^{m+1} = \sum_{k=0}^m \frac{b_k}{k+1} (t-u)^{k+1}",
    r"\frac{1}{1 \cdot 2} + \frac{1}{2 \cdot 3} + \dots + \frac{1}{m(m+1)} = 1 - \frac{1}{m+1}",
    r"m + (m-1) + \dots + 2 + 1 = \frac{m(m+1)}{2}",
    r"m (m-1) (m-2) \cdots 2 \cdot 1 = m!",
    r"1 \cdot 3 \cdot 5 \cdots (2m-1) = \frac{(2m)!}{2^m m!}",
    r"5 + 8 + 11 + \dots + 32 = 185",
    r"1 + 2 + \dots + 50 = 1275",
    r"r + r^2 + \dots + r^{m-1} = \frac{r - r^m}{1 - r}",
]


@pytest.mark.parametrize("formula", RIGHT)
def test_the_general_term_is_found(formula: str) -> None:
    assert proofread(f"$${formula}$$").verdict is Verdict.CORRECT


@pytest.mark.parametrize("formula", RIGHT)
def test_a_wrong_total_does_not_hold(formula: str) -> None:
    assert proofread(f"$${formula} + 1$$").verdict in (Verdict.WRONG, Verdict.UNDECIDED)


@pytest.mark.parametrize(
    "formula",
    [r"1 + 5 + 2 + \dots + m = m^2", r"2 + 3 + 5 + 7 + \dots + 97 = 1060", r"a + b + \dots + z = 1 + c + d"],
)
def test_what_has_no_plain_general_term_is_not_read(formula: str) -> None:
    assert proofread(f"$${formula}$$").verdict is Verdict.UNDECIDED


def test_a_term_in_the_middle_may_be_unlike_the_others() -> None:
    text = r"$$q_1 + \dots + {} + \dots + q_n = \sum_k q_k + {}$$"
    assert proofread(text.format("(q_i + c)", "c")).verdict is Verdict.CORRECT
    assert proofread(text.format("q_i", "0")).verdict is Verdict.CORRECT
    assert proofread(text.format("(q_i + c)", "2c")).verdict is Verdict.WRONG
    assert proofread(r"$$0 + \dots + 2 v_j + \dots + 0 = 2 v_j$$").verdict is Verdict.CORRECT
