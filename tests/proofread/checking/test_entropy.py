"""Entropies under a joint distribution without formula."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

PAGE = r"$$p(x, y) = p(y \mid x) p(x)$$"


@pytest.mark.parametrize(
    "line",
    [
        r"H(X, Y) - H(X) = H(Y \mid X)",
        r"\sum_x p(x) H(Y \mid X = x) = H(Y \mid X)",
        r"H(Y \mid X) + 0 = -\sum_{x, y} p(x, y) \log p(y \mid x)",
        r"H(X) + 0 = -\mathbb{E}[\log p(X)]",
    ],
)
def test_what_is_true_of_every_joint_distribution_holds(line: str) -> None:
    assert proofread(f"{PAGE}\n\n$${line}$$").steps[-1].verdict is StepVerdict.HOLDS


@pytest.mark.parametrize(
    "line",
    [
        r"H(X, Y) - H(X) = H(Y)",
        r"H(Y \mid X) + 0 = -\sum_{x, y} p(x) \log p(y \mid x)",
        r"H(Y \mid X) + 0 = H(X \mid Y)",
    ],
)
def test_what_is_not_does_not(line: str) -> None:
    assert not proofread(f"{PAGE}\n\n$${line}$$").steps[-1].holds


def test_an_entropy_that_is_written_out_is_a_claim_beside_others():
    page = r"$$H(U, V) = -\sum_{u, v} p(u, v) \log p(u, v) = H(U) + H(V \mid U)$$"
    assert [step.verdict.value for step in proofread(page).steps] == ["holds", "holds"]
    wrong = page.replace(r"H(V \mid U)", "H(V)")
    assert proofread(wrong).steps[-1].verdict.value != "holds"


def test_mutual_information_is_a_difference_of_entropies():
    page = r"$$I(U; V) = \sum_u \sum_v p(u, v) \log \frac{p(u, v)}{p(u) p(v)} = H(U) - H(U \mid V)$$"
    assert proofread(page).steps[-1].verdict.value == "holds"
