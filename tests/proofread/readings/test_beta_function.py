"""B(a, b) where the page doesn't say what it is."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

INTEGRAL = r"\int_0^1 u^{c} (1 - u)^{d - 1} du"


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        ("2" + INTEGRAL, "2 B(c + 1, d)", "2 B(c, d)"),
        (r"\frac{B(a + 1, b)}{B(a, b)}", r"\frac{a}{a + b}", r"\frac{b}{a + b}"),
    ],
)
def test_it_is_the_beta_function(left: str, right: str, wrong: str) -> None:
    assert proofread(f"$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"$${left} = {wrong}$$").steps)


def test_what_the_page_defines_is_not() -> None:
    page = rf"$B(x, y) = x + y$ and $${INTEGRAL} + 0 = B(c + 1, d)$$"
    assert not any(step.holds for step in proofread(page).steps)
