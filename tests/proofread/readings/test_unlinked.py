"""Displays that follow one another without an equals sign."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict
from pminusy.proofread.readings.unlinked import QUESTION

SUBSTITUTED = r"""
$$\int_0^1 3x^2 \cos(x^3)\,dx$$
Substituting $u = x^3$ gives
$$\int_0^1 \cos(u)\,du$$
and so
$$\sin(1)$$
"""


def test_displays_that_equal_one_another_are_steps_that_hold() -> None:
    proof = proofread(SUBSTITUTED)
    assert proof.verdict is Verdict.CORRECT
    assert [step.line for step in proof.steps] == [4, 6]


def test_a_display_that_differs_from_the_one_before_leaves_the_page_open() -> None:
    proof = proofread(SUBSTITUTED.replace(r"\cos(u)", r"\sin(u)").replace(r"\sin(1)", r"1 - \cos(1)"))
    assert proof.verdict is Verdict.UNDECIDED
    assert [(s.line, s.verdict, s.question) for s in proof.steps] == [
        (4, StepVerdict.UNDECIDED, QUESTION),
        (6, StepVerdict.HOLDS, None),
    ]


def test_a_display_after_an_arrow_goes_on_from_the_line_before() -> None:
    text = "$$y = (a + 1)^2$$\nso\n$$\\Rightarrow a^2 + {} a + 1$$\n"
    assert proofread(text.format(2)).verdict is Verdict.CORRECT
    assert proofread(text.format(3)).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    "text",
    [
        "$$\\int \\ln x\\,dx$$\n\nBy parts\n\n$$\\int \\ln x\\,dx = x \\ln x - x + C$$\n\n"
        "$$\\int x e^x\\,dx$$\n\nBy parts\n\n$$\\int x e^x\\,dx = (x - 1) e^x + C$$\n",
        "The terms $$a^2 + b^2$$ and $$2ab + b^2$$ add up: $$a^2 + b^2 + 2ab + b^2 = a^2 + 2ab + 2b^2$$",
        "# One\n$$\\frac{1}{a + b} + a$$\n# Two\n$$\\frac{1}{a - b} + b$$\n\n$$a + b = b + a$$\n",
        "$$x$$\n$$\\theta$$\n$$(a + b)^2 = a^2 + 2ab + b^2$$",
    ],
    ids=["problems", "mentions", "sections", "names"],
)
def test_displays_that_are_only_mentioned_are_no_steps(text: str) -> None:
    proof = proofread(text)
    assert proof.verdict is Verdict.CORRECT
    assert all(step.question is None for step in proof.steps)


def test_a_display_that_cannot_be_read_leaves_the_page_open() -> None:
    proof = proofread(r"$$(a + b)^2 = a^2 + 2ab + b^2$$ $$\frac{a}{b = c + d$$")
    assert proof.verdict is Verdict.UNDECIDED
