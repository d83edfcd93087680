"""Moments, determinants and traces done wrongly, told by what was done."""

import pytest
from tests.proofread.repair.mistakes.replaying import told

RANDOM = "Let $X$ and $Y$ be random variables and $a$, $b$ constants."


@pytest.mark.parametrize(
    ("left", "right", "slip"),
    [
        ("E[X^2]", "E[X]^2", "expectation moved inside"),
        (r"E[\log X]", r"\log E[X]", "expectation moved inside"),
        (r"E\left[\frac{1}{X}\right]", r"\frac{1}{E[X]}", "expectation moved inside"),
        (r"\mathrm{Var}(a X + b)", r"a \mathrm{Var}(X) + b", "variance taken for linear"),
        (r"\mathrm{Var}(a X + b)", r"a^2 \mathrm{Var}(X) + b", "variance taken for linear"),
        (r"\mathrm{Var}(a X)", r"a \mathrm{Var}(X)", "variance taken for linear"),
    ],
)
def test_moments(left, right, slip):
    assert told(f"{left} = {right}", text=RANDOM)[0] == slip


@pytest.mark.parametrize(
    ("left", "right", "slip"),
    [
        (r"\det(A + B)", r"\det A + \det B", "applied term by term"),
        (r"\mathrm{tr}(A B)", r"\mathrm{tr}(A) \mathrm{tr}(B)", "applied factor by factor"),
    ],
)
def test_matrices(left, right, slip):
    text = r"Let $A, B \in \mathbb{R}^{n \times n}$."
    assert told(f"{left} = {right}", text=text)[0] == slip
