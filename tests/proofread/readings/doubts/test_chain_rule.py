"""Chain rules that are right by form are doubted, others are not."""

from __future__ import annotations

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.readings.doubts.chain_rule import QUESTION, questions

DL_DW, DL_DY = r"\frac{\partial L}{\partial w}", r"\frac{\partial L}{\partial y}"
DY_DU, DU_DW = r"\frac{\partial y}{\partial u}", r"\frac{\partial u}{\partial w}"


@pytest.mark.parametrize(
    ("left", "right", "asked"),
    [
        (DL_DW, f"{DL_DY} {DY_DU} {DU_DW}", True),
        (DL_DW, f"{DU_DW} {DY_DU} {DL_DY}", True),
        (f"{DL_DY} {DY_DU}", r"\frac{\partial L}{\partial u}", True),
        (DL_DW, f"{DL_DY} {DU_DW}", False),
        (DL_DW, f"2 {DL_DY} {DY_DU} {DU_DW}", False),
        (DL_DW, DL_DY, False),
        (DL_DW, DL_DW, False),
    ],
)
def test_a_chain_rule_right_by_form_is_asked_about(left, right, asked):
    assert list(questions(tree(left), tree(right))) == [QUESTION] * asked
