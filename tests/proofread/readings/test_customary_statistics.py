"""The bias and the mean squared error of an estimate."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

SPREAD = r"E[(\hat{\beta} - E[\hat{\beta}])^2]"


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (
            r"E[(\hat{\beta} - \beta)^2]",
            r"Var(\hat{\beta}) + \operatorname{Bias}(\hat{\beta})^2",
            r"Var(\hat{\beta}) + \operatorname{Bias}(\hat{\beta})",
        ),
        (
            SPREAD + r" + (E[\hat{\beta}] - \beta)^2",
            r"\text{Var}[\hat{\beta}] + \text{Bias}[\hat{\beta}]^2",
            r"\text{Var}[\hat{\beta}] - \text{Bias}[\hat{\beta}]^2",
        ),
        (
            SPREAD + r" + (E[\hat{\beta}] - \beta)^2",
            r"\mathrm{MSE}(\hat{\beta})",
            r"2 \, \mathrm{MSE}(\hat{\beta})",
        ),
    ],
)
def test_they_are_what_they_are_called(left: str, right: str, wrong: str) -> None:
    assert proofread(f"$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"$${left} = {wrong}$$").steps)
