"""Whole derivations in many notations: the verdict, and the line of the first wrong step."""

from __future__ import annotations

import pytest
from tests.proofread.derivations import DERIVATIONS

from pminusy.proofread import proofread


@pytest.mark.parametrize(("text", "verdict", "line"), DERIVATIONS)
def test_verdict_and_line(text: str, verdict: str, line: int | None) -> None:
    proof = proofread(text)
    assert proof.verdict == verdict, [(step.lhs, step.rhs, step.reason) for step in proof.steps]
    assert (proof.first_wrong and proof.first_wrong.line) == line
