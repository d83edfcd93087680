"""Entries with different indices as random quantities of their own."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

LINES = [
    (r"p(y_1, y_2)", r"p(y_2 | y_1) p(y_1)", r"p(y_2 | y_1) p(y_2)"),
    (r"p(s_t)", r"\int p(s_t | s_{t-1}) p(s_{t-1}) ds_{t-1}", r"\int p(s_{t-1} | s_t) p(s_{t-1}) ds_{t-1}"),
    (r"p(s_{t+1}, s_{t-1})", r"p(s_{t+1} | s_{t-1}) p(s_{t-1})", r"p(s_{t-1} | s_{t+1}) p(s_{t-1})"),
    (
        r"p(s_t | o_{1:t})",
        r"\frac{p(o_t | s_t, o_{1:t-1}) p(s_t | o_{1:t-1})}{p(o_t | o_{1:t-1})}",
        r"\frac{p(o_t | s_t, o_{1:t-1}) p(s_t | o_{1:t-1})}{p(o_{1:t-1} | o_t)}",
    ),
]


@pytest.mark.parametrize(("left", "right", "wrong"), LINES)
def test_probabilities_of_several_entries(left: str, right: str, wrong: str) -> None:
    assert proofread(f"$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"$${left} = {wrong}$$").steps)
