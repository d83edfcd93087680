"""What holds only for independent quantities, on pages that do not say whether they are."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

MEAN = r"Let $\bar{Y} = \frac{1}{m} \sum_{j=1}^m Y_j$ be the average."


@pytest.mark.parametrize(
    "line",
    [
        r"\mathrm{Var}(\bar{Y}) = \frac{1}{m^2} \sum_{j=1}^m \mathrm{Var}(Y_j)",
        r"\mathbb{E}\left[\prod_{j=1}^m Y_j\right] = \prod_{j=1}^m \mathbb{E}[Y_j]",
    ],
)
def test_entries_of_a_sample_may_be_independent(line: str) -> None:
    step = proofread(f"{MEAN}\n\n$${line}$$").steps[-1]
    assert step.verdict is StepVerdict.HOLDS_IF
    assert step.assumption == "Y independent"


def test_they_may_also_be_distributed_alike() -> None:
    line = r"\mathrm{Var}\left(\sum_{j=1}^m Y_j\right) = m \mathrm{Var}(Y_1)"
    step = proofread(f"$${line}$$").steps[-1]
    assert step.verdict is StepVerdict.HOLDS_IF
    assert step.assumption == "Y independent and identically distributed"


def test_what_is_wrong_for_independent_quantities_does_not_hold() -> None:
    line = r"\mathrm{Var}(\bar{Y}) = \frac{1}{m} \sum_{j=1}^m \mathrm{Var}(Y_j)"
    assert not proofread(f"{MEAN}\n\n$${line}$$").steps[-1].holds


def test_a_page_with_their_covariance_takes_them_to_be_dependent() -> None:
    page = r"With $c = \mathrm{Cov}(S, T)$," + "\n\n"
    line = r"$$\mathrm{Var}(S - T) = \mathrm{Var}(S) + \mathrm{Var}(T)$$"
    assert proofread(line).steps[-1].verdict is StepVerdict.HOLDS_IF
    assert not proofread(page + line).steps[-1].holds
