"""Probabilities without a formula: what is true of every joint distribution, and what is not."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

TRUE_OF_ALL = {
    "Bayes": r"p(z|x) = \frac{p(x,z)}{p(x)} = \frac{p(x|z) p(z)}{\int p(x|z) p(z)\,dz}",
    "two values": r"P(Y=1|x) = \frac{P(x|Y=1) P(Y=1)}{P(x|Y=1) P(Y=1) + P(x|Y=0) P(Y=0)}",
    "complement": r"P(Y=0 \mid x) = 1 - P(Y=1 \mid x)",
    "total probability": r"P(X=x) = \sum_y P(X=x, Y=y) = \sum_y P(X=x \mid Y=y) P(Y=y)",
    "mixture": r"p(x) = \sum_{k=1}^K p(z=k) p(x|z=k)",
    "chain rule": r"p(a, b, c) = p(a) p(b|a) p(c|a, b)",
    "normalisation": r"\int q(z|x)\,dz = 1",
    "log derivative": r"\nabla_\theta \log p(x|\theta) = \frac{\nabla_\theta p(x|\theta)}{p(x|\theta)}",
    "score": r"\int p(x|\theta) \frac{\partial}{\partial\theta} \log p(x|\theta)\,dx = 0",
    "lower bound": r"\mathbb{E}_{q(z)}[\log p(x,z)] - \mathbb{E}_{q(z)}[\log q(z)]"
    r" = \log p(x) - KL(q(z) \| p(z|x))",
    "under a sample": r"\mathbb{E}_{z \sim q(z|x)}[\log p(x|z)] = \int q(z|x) \log p(x|z)\,dz",
    "tower": r"\mathbb{E}[\mathbb{E}[X|Y]] = \mathbb{E}[X]",
    "known factor": r"\mathbb{E}[X Y|Y] = Y \mathbb{E}[X|Y]",
    "conditional variance": r"\mathrm{Var}(X|Y) = \mathbb{E}[X^2|Y] - \mathbb{E}[X|Y]^2",
}
TRUE_OF_FEW = {
    "Bayes without evidence": r"p(z|x) p(x) = p(x|z)",
    "turned round": r"\frac{p(x,z)}{p(x)} = p(x|z)",
    "a factor twice": r"p(a, b, c) = p(a) p(b|a) p(c|a, b) p(a)",
    "wrong sign": r"\mathbb{E}_{q(z)}[\log p(x,z)] - \mathbb{E}_{q(z)}[\log q(z)]"
    r" = \log p(x) + KL(q(z) \| p(z|x))",
    "independence that nobody said": r"p(x, y) = p(x) p(y)",
    "tower without its ground": r"\mathbb{E}[X Y|Y] = X \mathbb{E}[Y]",
}


@pytest.mark.parametrize("line", TRUE_OF_ALL.values(), ids=TRUE_OF_ALL)
def test_what_is_true_of_every_distribution_holds(line: str) -> None:
    proof = proofread(f"$${line}$$")
    assert proof.verdict is Verdict.CORRECT
    assert proof.steps


@pytest.mark.parametrize("line", TRUE_OF_FEW.values(), ids=TRUE_OF_FEW)
def test_what_is_true_of_few_does_not_hold(line: str) -> None:
    assert not any(step.holds for step in proofread(f"$${line}$$").steps)


def test_a_probability_with_a_formula_is_defined_by_what_it_is_of() -> None:
    text = r"""$$P(t=1|z) = \frac{1}{1+e^{-z}}$$ $$P(t=0|z) = 1 - P(t=1|z) = \frac{e^{-z}}{1+e^{-z}}$$
    $$\log\frac{P(t=1|z)}{P(t=0|z)} = z$$"""
    assert proofread(text).verdict is Verdict.CORRECT
    wrong = proofread(text.replace("= z$$", "= -z$$"))
    assert wrong.steps[-1].verdict is not StepVerdict.HOLDS


def test_both_directions_of_a_condition_are_different_functions() -> None:
    text = r"$$p(x|y) = e^{-xy}$$ $$p(y|x) = x + y$$ $$\log p(x|y) = -xy$$ $$p(y|x) - x = y$$"
    assert proofread(text).verdict is Verdict.CORRECT


def test_an_event_in_brackets_is_no_condition_of_the_line() -> None:
    proof = proofread(r"$$P(Y=0) = 1 - P(Y=1)$$")
    assert [step.verdict for step in proof.steps] == [StepVerdict.HOLDS]
    assert proof.steps[0].rhs == "1 - P(Y=1)"


@pytest.mark.parametrize(
    "line",
    [
        r"E[X Y \mid Z] = E[X E[Y \mid X, Z] \mid Z]",
        r"E[h(X)] = \sum_x h(x) P(X = x)",
        r"E[h(X) Y] = \sum_x h(x) E[Y \mid X = x] P(X = x)",
    ],
)
def test_expectations_in_expectations_and_of_functions(line: str) -> None:
    page = r"$$P(X = x, Y = y) = P(X = x \mid Y = y) P(Y = y)$$" if "P" in line else ""
    assert proofread(f"{page}\n\n$${line}$$").steps[-1].verdict is StepVerdict.HOLDS


@pytest.mark.parametrize(
    "line",
    [
        r"E\left[\frac{\partial}{\partial\theta} \log g(Y; \theta)\right]"
        r" = \frac{\partial}{\partial\theta} \int g(y; \theta) dy = 0",
        r"E\left[\left(\frac{\partial}{\partial\theta} \log g(Y; \theta)\right)^2\right]"
        r" = -E\left[\frac{\partial^2}{\partial\theta^2} \log g(Y; \theta)\right]",
    ],
)
def test_a_density_with_a_parameter(line: str) -> None:
    assert all(step.verdict is StepVerdict.HOLDS for step in proofread(f"$${line}$$").steps)


def test_a_loss_with_a_parameter_is_no_density() -> None:
    right = r"E\left[\frac{\partial}{\partial\theta} f(X; \theta)\right]"
    line = rf"\frac{{\partial}}{{\partial\theta}} E[f(X; \theta)] = {right}"
    assert not any(step.verdict is StepVerdict.FAILS for step in proofread(f"$${line}$$").steps)


def test_mutual_information_is_the_divergence_from_the_product() -> None:
    left = r"\sum_{x, y} p(x, y) \log \frac{p(x, y)}{p(x) p(y)}"
    line = rf"H(X) - H(X \mid Y) = {left} = D_{{KL}}(p(x, y) \| p(x) p(y))"
    assert [s.verdict for s in proofread(f"$${line}$$").steps] == [StepVerdict.HOLDS] * 2
