"""Probabilities that a page gives, put into its later lines."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

URNS = r"We have $P(R | B_j) = \frac{j}{m}$ and $P(B_j) = \frac{1}{m + 1}$."
COIN = r"The coin shows heads with $P(Y = 1) = h$ and tails with $P(Y = 0) = 1 - h$."


@pytest.mark.parametrize(
    ("page", "left", "right", "wrong"),
    [
        (
            URNS,
            r"\sum_{j=0}^m P(R | B_j) P(B_j)",
            r"\frac{1}{m + 1} \sum_{j=0}^m \frac{j}{m}",
            r"\frac{1}{m} \sum_{j=0}^m \frac{j}{m}",
        ),
        (URNS, r"P(R | B_k) P(B_k)", r"\frac{k}{m (m + 1)}", r"\frac{k}{m^2}"),
        (COIN, r"2 p(y = 1) + 3 p(y = 0)", r"3 - h", r"3 + h"),
    ],
)
def test_they_hold_in_later_lines(page: str, left: str, right: str, wrong: str) -> None:
    assert proofread(f"{page}\n\n$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    steps = proofread(f"{page}\n\n$${left} = {wrong}$$").steps
    assert not any(step.holds for step in steps if step.line > 1)


def test_what_comes_later_is_not_given() -> None:
    proof = proofread(
        r"$$P(A) + P(B) = \frac{3}{4}$$" + "\n\n" + r"So $P(A) = \frac{1}{2}$ and $P(B) = \frac{1}{4}$."
    )
    assert not any(step.holds for step in proof.steps if step.line == 1)
