"""Events solved for the random quantity in them."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

LAWS = r"Let $S \sim \mathrm{Exp}(r)$ and $W \sim N(0, 1)$."


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"P(3 S - 1 \le t)", r"1 - e^{-r (t + 1) / 3}", r"1 - e^{-r (t - 1) / 3}"),
        (r"P(e^{-S} \le t)", r"t^r", r"1 - t^r"),
        (r"P(\ln S \le t)", r"1 - \exp(-r e^t)", r"\exp(-r e^t)"),
        (r"P(\sqrt{S} > t)", r"e^{-r t^2}", r"e^{-r t}"),
        (r"P(\frac{S}{2} > t)", r"e^{-2 r t}", r"e^{-r t / 2}"),
        (r"P(|W| \le t)", r"2 P(W \le t) - 1", r"2 P(W \le t)"),
        (r"P(W^2 > t)", r"2 P(W > \sqrt{t})", r"P(W > \sqrt{t})"),
    ],
)
def test_the_probability_of_an_event(left: str, right: str, wrong: str) -> None:

    assert proofread(f"{LAWS}\n\n$${left} + 0 = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"{LAWS}\n\n$${left} + 0 = {wrong}$$").steps)


def test_what_a_name_is_defined_as() -> None:
    page = r"Let $V = S^2$ with $S \sim \mathrm{Exp}(r)$."
    line = r"P(V \le t) = P(S^2 \le t) = P(S \le \sqrt{t}) = 1 - e^{-r \sqrt{t}}"
    assert [s.verdict for s in proofread(f"{page}\n\n$${line}$$").steps] == [StepVerdict.HOLDS] * 3
