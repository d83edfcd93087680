"""Which laws statements of a page give to its random quantities."""

from __future__ import annotations

import pytest
from tests.proofread.reading import families, page, tree

from pminusy.proofread import proofread
from pminusy.proofread.meaning.lines.law import MOMENTS
from pminusy.proofread.meaning.lines.laws import moments_of, named_laws
from pminusy.proofread.proof import StepVerdict
from pminusy.proofread.syntax.latex import to_latex


def laws(text: str, random: frozenset[str] = frozenset("X"), at: int = 0) -> dict[str, tuple[str, list[str]]]:
    found = named_laws(page(text=text).draws, random, {r"\lambda": False, "p": False}, families("X_i"), at)
    return {family: (law.kind, [to_latex(p) for p in law.parameters]) for family, law in found.items()}


@pytest.mark.parametrize(
    ("text", "law"),
    [
        (r"$X \sim N(0, \sigma)$", ("normal", ["0", r"\sigma^2"])),
        (r"$X \sim N(0, 4)$", ("normal", ["0", "4"])),
        (r"$X \sim \Gamma(k, \theta)$", ("gamma", ["k", r"\frac{1}{\theta}"])),
        (r"$X \sim B(p)$", ("bernoulli", ["p"])),
        (r"$X \sim B(n, p)$", ("binomial", ["n", "p"])),
        (r"a Poisson random variable", ("poisson", [r"\lambda"])),
        (r"binomial $(n, p)$", ("binomial", ["n", "p"])),
    ],
)
def test_names_and_parameters(text: str, law: tuple[str, list[str]]) -> None:
    assert laws(text) == {"X": law}


@pytest.mark.parametrize(
    "text",
    [
        r"$X \sim F$",
        r"$X \sim N(X, 1)$",
        r"$X \sim N(\mu)$",
        "a Poisson variable and a Bernoulli variable",
        r"binomial $(n, p)$ or Poisson $(c)$",
    ],
)
def test_what_is_not_known_or_not_clear_gives_none(text: str) -> None:
    assert laws(text) == {}


def test_the_last_statement_before_a_place_counts() -> None:
    text = r"$X \sim N(0, 1)$ and later $X \sim N(1, 2)$ and then $X \sim N(2, 3)$"
    assert laws(text, at=text.index("and then"))["X"] == ("normal", ["1", "2"])


def test_moments_come_from_equations_and_words() -> None:
    words = page(text=r"with variance $v$")
    equations = [(tree(r"\mathbb{E}[X]"), tree("m")), (tree(r"\mathbb{E}[X]"), tree(r"2 \mathbb{E}[X]"))]
    law = moments_of(words.draws, equations, {"X"}, families("X"))["X"]
    assert (law.kind, [to_latex(p) for p in law.parameters]) == (MOMENTS, ["m", "v"])
    assert moments_of(words.draws, equations[1:], {"X"}, families("X")) == {}


def test_a_density_said_to_be_a_law_is_that_of_its_argument():
    page = r"$$p(w \mid a) = \mathcal{N}(0, a^{-1})$$ $$\frac{\partial}{\partial w} \log p(w \mid a) = -a w$$"
    assert [step.verdict.value for step in proofread(page).steps] == ["holds"]
    assert not any(step.holds for step in proofread(page.replace("-a w", "-2 a w")).steps)


def test_the_names_of_laws_with_a_semicolon_are_densities() -> None:
    line = r"\text{Pois}(k; c) = \frac{c^k e^{-c}}{k!}"
    assert proofread(f"$${line}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not any(step.holds for step in proofread(f"$${line.replace('e^{-c}', 'e^c')}$$").steps)
