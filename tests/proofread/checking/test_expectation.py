"""Expectations, variances and covariances, over random finite distributions."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

HOLDS = [
    r"\mathbb{E}[a X + b] = a \mathbb{E}[X] + b",
    r"\mathbb{E}[X + Y] = \mathbb{E}[X] + \mathbb{E}[Y]",
    r"\mathrm{Var}(X) = \mathbb{E}[X^2] - \mathbb{E}[X]^2",
    r"\mathbb{E}[(X - \mathbb{E}[X])^2] = \mathbb{E}[X^2] - (\mathbb{E}[X])^2",
    r"\mathrm{Var}(a X) = a^2 \mathrm{Var}(X)",
    r"\mathrm{Cov}(X, Y) = \mathbb{E}[X Y] - \mathbb{E}[X] \mathbb{E}[Y]",
]
FAILS = [
    r"\mathbb{E}[a X + b] = a \mathbb{E}[X] - b",
    r"\mathrm{Var}(X) = \mathbb{E}[X^2] + \mathbb{E}[X]^2",
    r"\mathrm{Var}(a X) = a \mathrm{Var}(X)",
]


@pytest.mark.parametrize("line", HOLDS)
def test_what_is_true_of_every_distribution_holds(line: str) -> None:
    assert proofread(f"$${line}$$").verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)


@pytest.mark.parametrize("line", FAILS)
def test_what_is_true_of_none_does_not(line: str) -> None:
    assert proofread(f"$${line}$$").steps[0].verdict is not StepVerdict.HOLDS
    assert proofread(f"$${line}$$").verdict is Verdict.WRONG


def test_independence_is_used_where_the_text_says_it() -> None:
    line = r"$$\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]$$"
    assert proofread(line).verdict is not Verdict.CORRECT
    assert proofread("Let X and Y be independent. " + line).verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)
