"""Expectations under distributions that a page names elsewhere."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

NAMED = r"$$\mathbb{E}_{w \sim q(w|x)}[\log p(x)] = \log p(x)$$"


@pytest.mark.parametrize("below", ["w", "q"])
def test_the_variable_and_the_letter_stand_for_the_whole(below: str) -> None:
    ratio = r"\frac{q(w|x)}{p(w|x)}"
    line = rf"KL(q(w|x) \| p(w|x)) = \mathbb{{E}}_{{{below}}}\left[\log {ratio}\right]"
    assert proofread(f"{NAMED}\n\n$${line}$$").steps[-1].verdict is StepVerdict.HOLDS
    turned = line.replace(ratio, r"\frac{p(w|x)}{q(w|x)}")
    assert not any(step.holds for step in proofread(f"{NAMED}\n\n$${turned}$$").steps if step.line > 1)


def test_a_dot_stands_for_the_variable() -> None:
    left = r"\mathbb{E}_{u \sim \pi(\cdot|s)}[g(s, u)]"
    assert proofread(rf"$${left} = \sum_u \pi(u|s) g(s, u)$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not proofread(rf"$${left} = \sum_u \pi(s|u) g(s, u)$$").steps[-1].holds
