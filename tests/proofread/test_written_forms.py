"""Notations of many writers, each on a page that is right and on one that is not."""

from __future__ import annotations

import pytest
from tests.proofread.written_forms import WRITTEN_FORMS

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict

PASSED = (Verdict.CORRECT, Verdict.CORRECT_IF)


@pytest.mark.parametrize(("right", "wrong"), WRITTEN_FORMS.values(), ids=WRITTEN_FORMS.keys())
def test_the_right_page_holds_and_the_wrong_one_does_not(right: str, wrong: str) -> None:
    proof = proofread(right)
    assert proof.steps
    assert all(step.holds for step in proof.steps), [
        (step.lhs, step.rhs, step.reason) for step in proof.steps
    ]
    assert proofread(wrong).verdict not in PASSED
