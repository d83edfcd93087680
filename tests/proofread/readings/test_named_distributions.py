"""Letters of distributions that stand for their densities."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

NORMAL = r"Let $P = \mathcal{N}(a, s^2)$ and $Q = \mathcal{N}(b, r^2)$ with densities $p$ and $q$."
WORDS = (
    r"Let $P$ be the true distribution $\mathcal{N}(a, s^2)$ and $Q$ the other one, $\mathcal{N}(b, r^2)$."
)


@pytest.mark.parametrize("page", [NORMAL, WORDS])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\mathbb{E}_P[\log p(X)]", r"-\frac{1}{2} \log(2 \pi s^2) - \frac{1}{2}"),
        (r"\mathbb{E}_{x \sim P}[(x - b)^2]", r"s^2 + (a - b)^2"),
        (r"\mathbb{E}_P[\log q(x)]", r"-\frac{1}{2} \log(2 \pi r^2) - \frac{s^2 + (a - b)^2}{2 r^2}"),
    ],
)
def test_the_law_of_a_letter_is_the_density_of_the_small_one(page: str, left: str, right: str) -> None:
    assert proofread(f"{page}\n\n$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"{page}\n\n$${left} = 2 ({right})$$").steps)


def test_divergences_and_entropies_of_letters_are_of_the_probabilities_of_the_page() -> None:
    sums = r"-\sum_x p(x) \log q(x) = -\sum_x p(x) \log p(x) + \sum_x p(x) \log \frac{p(x)}{q(x)}"
    steps = proofread(rf"$$H(p, q) = {sums} = H(p) + D_{{KL}}(p \| q)$$").steps
    assert all(step.verdict is StepVerdict.HOLDS for step in steps)
    wrong = proofread(rf"$${sums} = H(p) + D_{{KL}}(q \| p)$$").steps[-1]
    assert not wrong.holds
