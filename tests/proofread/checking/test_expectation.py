"""Expectations, variances and covariances, over random finite distributions."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

HOLDS = [
    r"\mathbb{E}[a X + b] = a \mathbb{E}[X] + b",
    r"\mathbb{E}[X + Y] = \mathbb{E}[X] + \mathbb{E}[Y]",
    r"\mathrm{Var}(X) = \mathbb{E}[X^2] - \mathbb{E}[X]^2",
    r"\mathbb{E}[(X - \mathbb{E}[X])^2] = \mathbb{E}[X^2] - (\mathbb{E}[X])^2",
    r"\mathrm{Var}(a X) = a^2 \mathrm{Var}(X)",
    r"\mathrm{Cov}(X, Y) = \mathbb{E}[X Y] - \mathbb{E}[X] \mathbb{E}[Y]",
]
FAILS = [
    r"\mathbb{E}[a X + b] = a \mathbb{E}[X] - b",
    r"\mathrm{Var}(X) = \mathbb{E}[X^2] + \mathbb{E}[X]^2",
    r"\mathrm{Var}(a X) = a \mathrm{Var}(X)",
]


@pytest.mark.parametrize("line", HOLDS)
def test_what_is_true_of_every_distribution_holds(line: str) -> None:
    assert proofread(f"$${line}$$").verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)


@pytest.mark.parametrize("line", FAILS)
def test_what_is_true_of_none_does_not(line: str) -> None:
    assert proofread(f"$${line}$$").steps[0].verdict is not StepVerdict.HOLDS
    assert proofread(f"$${line}$$").verdict is Verdict.WRONG


def test_independence_is_used_where_the_text_says_it() -> None:
    line = r"$$\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]$$"
    assert proofread(line).verdict is not Verdict.CORRECT
    assert proofread("Let X and Y be independent. " + line).verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)


JOINT = [
    (r"\mathbb{E}(X + Y)", r"\sum_{x \in A, y \in B} (x + y) P(X = x, Y = y)"),
    (r"\mathbb{E}(X)", r"\sum_x x P(X = x)"),
    (r"\mathbb{E}[X \mid Y = y]", r"\sum_x x P(X = x \mid Y = y)"),
    (r"\mathbb{E}[\mathbb{E}[X \mid Y]]", r"\mathbb{E}[X]"),
    (r"\mathrm{Var}(X)", r"\sum_x x^2 P(X = x) - \left(\sum_x x P(X = x)\right)^2"),
]


@pytest.mark.parametrize(("left", "right"), JOINT)
def test_expectations_are_taken_over_the_probabilities_of_the_page(left: str, right: str) -> None:
    page = r"$$P(X = x, Y = y) = P(X = x \mid Y = y) P(Y = y)$$"
    assert proofread(f"{page}\n\n$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    wrong = proofread(f"{page}\n\n$${left} = 2 {right}$$").steps
    assert len(wrong) == 1 or not wrong[-1].holds


def test_a_density_without_formula_is_that_of_the_capital() -> None:
    right = r"\frac{d}{dt} \mathbb{E}(e^{tX}) = \int x e^{tx} f(x) dx"
    assert proofread(f"$${right}$$").steps[0].verdict is StepVerdict.HOLDS
    assert not proofread(f"$${right.replace('x e^{tx}', 'e^{tx}')}$$").steps[0].holds


def test_a_power_behind_the_bracket_of_a_name_is_none_of_the_name() -> None:
    assert not proofread(r"$$\mathbb{E}[X^2] = \mathbb{E}[X]^2$$").steps[0].holds


def test_the_letter_of_a_distribution_below_a_mean_says_what_it_is_under():
    right = r"$$\mathbb{E}_p[f(u)] = \int f(u) p(u) du = \mathbb{E}_q\left[\frac{p(u)}{q(u)} f(u)\right]$$"
    assert [step.verdict.value for step in proofread(right).steps] == ["holds", "holds"]
    wrong = right.replace(r"\frac{p(u)}{q(u)}", r"\frac{q(u)}{p(u)}")
    assert proofread(wrong).steps[-1].verdict.value != "holds"


@pytest.mark.parametrize(
    "line",
    [
        r"\mathrm{Var}(a^T X) = a^T \mathrm{Cov}(X) a",
        r"\mathrm{Cov}(A X, B Y) = A \mathrm{Cov}(X, Y) B^T",
        r"E[\|X\|^2] = \|E[X]\|^2 + \mathrm{tr}(\mathrm{Cov}(X))",
    ],
)
def test_capitals_beside_matrices_are_random_vectors(line):
    assert proofread(f"$${line}$$").steps[-1].verdict.value == "holds"


def test_what_is_random_below_a_mean_says_nothing_new():
    line = r"\mathbb{E}_X[X^2] = \mathrm{Var}(X) + \mathbb{E}[X]^2"
    assert proofread(f"$${line}$$").steps[-1].verdict.value == "holds"
    other = r"\mathbb{E}_P[X^2] + 0 = \mathrm{Var}(X) + \mathbb{E}[X]^2"
    assert not any(step.verdict.value == "holds" for step in proofread(f"$${other}$$").steps)
