"""The marks below the formulas of the derivations on the site."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pminusy.proofread import proofread

DOCS = Path(__file__).parents[2] / "docs"
TEXT = r"""$$g = x^4$$

$$\frac{dg}{dx} = 4 x^3$$

$$\begin{aligned}
\frac{dg}{dx} &= 4 x^3 \\
&= 4 x \, x^2
\end{aligned}$$
"""


@pytest.fixture
def marks(monkeypatch):
    pytest.importorskip("sphinx")
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    monkeypatch.delitem(sys.modules, "checked_formulas", raising=False)
    import checked_formulas

    return checked_formulas


def test_steps_belong_to_the_display_that_they_stand_in(marks):
    found = marks._by_block(proofread(TEXT).steps, [1, 3, 5])
    assert {number: len(steps) for number, steps in found.items()} == {1: 1, 2: 2}


def test_a_mark_counts_its_lines_and_unfolds_to_their_rules(marks):
    shown = marks._shown(list(proofread(TEXT).steps[:1]))
    assert "1 line checked" in shown
    assert "power rule" in shown
    assert shown.count("<details") == shown.count("</details>") == 1


def test_an_assumption_is_named(marks):
    proof = proofread("$$s = \\sum_k y_k$$\n\n$$s = 1$$", assume=("sum(y)=1",))
    steps = [step for step in proof.steps if step.assumption]
    assert steps
    assert " if <math>" in marks._shown(steps)
