"""Names that are usually those of moments."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

LINES = [
    (r"E[(U - \mu_U)^2]", r"E[U^2] - \mu_U^2", r"E[U^2] + \mu_U^2"),
    (r"E[T^2] - E[T]^2", r"\sigma_T^2", r"2 \sigma_T^2"),
    (
        r"\mathrm{Var}(U + V)",
        r"\sigma_U^2 + \sigma_V^2 + 2 \sigma_{UV}",
        r"\sigma_U^2 + \sigma_V^2 + \sigma_{UV}",
    ),
    (
        r"\frac{\mathrm{Cov}(A, B)}{\mathrm{Var}(A)}",
        r"\rho_{A,B} \frac{\sigma_B}{\sigma_A}",
        r"\rho_{A,B} \frac{\sigma_A}{\sigma_B}",
    ),
    (r"E[X Y] - E[X] E[Y]", r"r_{XY} \sigma_X \sigma_Y", r"r_{XY} \sigma_X^2"),
]


@pytest.mark.parametrize(("left", "right", "wrong"), LINES)
def test_they_are_what_they_are_called(left: str, right: str, wrong: str) -> None:
    assert proofread(f"$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"$${left} = {wrong}$$").steps)


def test_what_a_line_defines_is_no_moment_by_custom() -> None:
    page = r"$\sigma_X = 3 \mathrm{Var}(X)$ and $$E[X^2] - E[X]^2 = \sigma_X^2$$"
    assert not any(step.holds for step in proofread(page).steps)
