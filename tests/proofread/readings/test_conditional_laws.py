"""Laws of random quantities given others."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

COUNT = r"Let $N \sim \text{Poisson}(\lambda)$ and $K \mid N \sim \text{Bin}(N, q)$."
LEVEL = r"$\theta \sim N(m, t^2)$, $Y | \theta \sim N(\theta, s^2)$"


@pytest.mark.parametrize(
    ("words", "left", "right", "wrong"),
    [
        (COUNT, r"E[K \mid N]", "N q", "N (1 - q)"),
        (COUNT, r"E[E[K | N]]", r"\lambda q", r"\lambda q^2"),
        (
            COUNT,
            r"E[\mathrm{Var}(K | N)] + \mathrm{Var}(E[K | N])",
            r"E[N q (1 - q)] + \mathrm{Var}(N q)",
            r"E[N q (1 - q)] + \mathrm{Var}(N)",
        ),
        (LEVEL, r"\mathrm{Var}(Y)", "s^2 + t^2", "s^2 + t"),
        (LEVEL, r"E[Y \theta]", "m^2 + t^2", "m^2 + s^2"),
    ],
)
def test_what_follows_from_them_holds(words: str, left: str, right: str, wrong: str) -> None:
    assert proofread(f"{words}\n\n$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"{words}\n\n$${left} = {wrong}$$").steps)


def test_a_posterior_is_no_law_of_the_parameter() -> None:
    page = r"$\theta \mid y \sim N(a, b)$ $$E[\theta^2] - a^2 = b$$"
    assert not any(step.holds for step in proofread(page).steps)
