"""Joint outcomes: independent entries, samples, vectors, conditions."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

SAMPLE = "Let $X_1, \\dots, X_n$ be i.i.d. and $\\bar X = \\frac{1}{n} \\sum_{i=1}^n X_i$. "
INDEPENDENT = "All $w_{ij}$ and $x_j$ are independent. "


def verdicts(text: str) -> list[StepVerdict]:
    return [step.verdict for step in proofread(text).steps]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (SAMPLE, r"\mathbb{E}[\bar X] = \mathbb{E}[X_1]"),
        (SAMPLE, r"\mathrm{Var}(\bar X) = \frac{1}{n} \mathrm{Var}(X_1)"),
        (SAMPLE, r"\sum_{i=1}^n \mathbb{E}[X_i^2] = n \mathbb{E}[X_1^2]"),
        (
            SAMPLE,
            r"\mathbb{E}\left[\sum_{i=1}^n (X_i - \bar X)^2\right] = (n - 1) \mathrm{Var}(X_1)",
        ),
        (INDEPENDENT, r"\mathbb{E}[w_{ij}^2 x_j^2] = \mathbb{E}[w_{ij}^2] \mathbb{E}[x_j^2]"),
        (
            "The errors $Z_i$ are independent. ",
            r"\mathrm{Var}\left(\sum_{i=1}^n a_i Z_i\right) = \sum_{i=1}^n a_i^2 \mathrm{Var}(Z_i)",
        ),
    ],
)
def test_what_is_true_of_independent_entries_holds(words: str, line: str) -> None:
    assert verdicts(f"{words}\n\n$${line}$$") == [StepVerdict.HOLDS]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (SAMPLE, r"\mathbb{E}[\bar X] = n \mathbb{E}[X_1]"),
        (SAMPLE, r"\mathrm{Var}(\bar X) = \mathrm{Var}(X_1)"),
        (SAMPLE, r"\mathbb{E}\left[\sum_{i=1}^n (X_i - \bar X)^2\right] = n \mathrm{Var}(X_1)"),
        (INDEPENDENT, r"\mathbb{E}[w_{ij}^2 x_j^2] = \mathbb{E}[w_{ij}^2] \mathbb{E}[x_j]"),
        ("", r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = \sum_{i=1}^n \mathrm{Var}(X_i)"),
        ("The $X_i$ are independent. ", r"\sum_{i=1}^n \mathbb{E}[X_i] = n \mathbb{E}[X_1]"),
    ],
)
def test_what_is_not_does_not(words: str, line: str) -> None:
    assert StepVerdict.HOLDS not in verdicts(f"{words}\n\n$${line}$$")


def test_vectors_have_covariance_matrices() -> None:
    assert verdicts(r"$$\mathrm{Var}(\mathbf{A x}) = \mathbf{A} \mathrm{Var}(\mathbf{x}) \mathbf{A}^T$$") == [
        StepVerdict.HOLDS
    ]


def test_what_is_given_keeps_its_value() -> None:
    line = r"$$\mathbb{E}[\mathbb{E}[X Y \mid Y]] = \mathbb{E}[X Y]$$"
    assert verdicts(line) == [StepVerdict.HOLDS]
    assert verdicts("X and Y are independent. " + line) == [StepVerdict.HOLDS]


def test_an_estimate_is_as_random_as_its_sample() -> None:
    page = SAMPLE + r"Let $\hat\mu = \bar X + c$." + "\n\n"
    assert verdicts(page + r"$$\mathbb{E}[\hat\mu] = \mathbb{E}[X_1] + c$$") == [StepVerdict.HOLDS]
    assert StepVerdict.HOLDS not in verdicts(page + r"$$\mathbb{E}[\hat\mu] = \hat\mu$$")


INFORMATION = r"E\left[-\frac{d^2}{dp^2} \left(B \log p + (1 - B) \log(1 - p)\right)\right]"


def test_what_is_differentiated_inside_an_expectation_leaves_its_outcomes() -> None:
    page = r"$B \sim \mathrm{Ber}(p)$. "
    assert verdicts(rf"{page} $${INFORMATION} = \frac{{1}}{{p(1 - p)}}$$") == [StepVerdict.HOLDS]
    assert not any(
        v is StepVerdict.HOLDS for v in verdicts(rf"{page} $${INFORMATION} = -\frac{{1}}{{p(1 - p)}}$$")
    )
