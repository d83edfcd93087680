"""The first line about the mean of an estimate."""

from __future__ import annotations

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

SAMPLE = r"Let $Y_1, \dots, Y_m$ be i.i.d. with mean $\mu$ and variance $\sigma^2$."
SQUARES = r"\frac{1}{m} \mathbb{E}\left[\sum_{j=1}^m (Y_j - \mu)^2\right]"


def test_it_says_what_the_estimate_is() -> None:
    proof = proofread(rf"{SAMPLE}" + "\n\n" + rf"$$\mathbb{{E}}[V^2] = {SQUARES} = \sigma^2$$")
    assert [step.verdict for step in proof.steps] == [StepVerdict.HOLDS]


def test_of_what_the_page_defines_it_is_a_claim() -> None:
    page = rf"{SAMPLE} Let $V = \frac{{1}}{{m}} \sum_{{j=1}}^m Y_j$."
    proof = proofread(page + "\n\n" + rf"$$\mathbb{{E}}[V] = {SQUARES}$$")
    assert len(proof.steps) == 1
    assert not proof.steps[0].holds


def test_what_stands_on_both_sides_is_a_claim() -> None:
    proof = proofread(r"$$\mathrm{Var}(Y) = \mathrm{Var}(2 Y + 1)$$")
    assert len(proof.steps) == 1
    assert not proof.steps[0].holds
