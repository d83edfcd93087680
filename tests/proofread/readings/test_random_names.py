"""Small letters that are read as the random quantities of these names."""

from __future__ import annotations

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

LAW = r"Let $Y \sim \mathrm{Bern}(r)$."


def test_the_small_letter_of_a_random_quantity_is_random() -> None:
    chain = (
        r"\mathrm{Var}\left(\frac{y}{r(1 - r)}\right) = \frac{1}{r^2 (1 - r)^2} \mathrm{Var}(Y)"
        r" = \frac{1}{r(1 - r)}"
    )
    steps = proofread(f"{LAW}\n\n$${chain}$$").steps
    assert [step.verdict for step in steps] == [StepVerdict.HOLDS] * 2
    wrong = chain.replace(r"r^2 (1 - r)^2", r"r (1 - r)", 1)
    assert not proofread(f"{LAW}\n\n$${wrong}$$").steps[0].holds


def test_beside_its_capital_it_is_not() -> None:
    line = r"\mathbb{E}[(Y - y)^2] = 0"
    assert not any(step.holds for step in proofread(f"{LAW}\n\n$$\\mathbb{{E}}[Y - y] + {line}$$").steps)
