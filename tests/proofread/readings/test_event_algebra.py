"""Probabilities of what is made of events."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

LINES = [
    (r"P(E \cup F)", r"P(E) + P(F) - P(E \cap F)", r"P(E) + P(F) + P(E \cap F)"),
    (r"P(E \cap F^c)", r"P(E) - P(E \cap F)", r"P(E) - P(F)"),
    (r"P(\bar{E} \mid F)", r"1 - P(E \mid F)", r"1 - P(E \mid \bar{F})"),
    (r"P(E \cap F \cap G)", r"P(E \mid F \cap G) P(F \mid G) P(G)", r"P(E \mid F) P(F \mid G) P(G)"),
    (r"P(E_1 \cap F_2)", r"P(F_2 \mid E_1) P(E_1)", r"P(F_2 \mid E_1) P(F_2)"),
    (r"P(E)", r"P(E \mid F) P(F) + P(E \mid F^c) P(F^c)", r"P(E \mid F) P(F) + P(E \mid F^c) P(F)"),
    (r"P((E \cup F)^c)", r"P(E^c \cap F^c)", r"P(E^c \cup F^c)"),
    (r"P(E \setminus F)", r"P(E \cup F) - P(F)", r"P(E) - P(F)"),
    (r"\Pr(\neg E \cap F)", r"\Pr(F) - \Pr(E \cap F)", r"\Pr(F) - \Pr(E)"),
]


@pytest.mark.parametrize(("left", "right", "wrong"), LINES)
def test_what_is_true_of_all_events(left: str, right: str, wrong: str) -> None:
    assert proofread(f"$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"$${left} = {wrong}$$").steps)
