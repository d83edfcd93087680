"""What a page says of how its random quantities are distributed."""

from __future__ import annotations

import pytest

from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol


def said(text: str) -> list[tuple[str, str, list[str]]]:
    return [
        ("" if d.variable is None else to_latex(d.variable), d.law, [to_latex(p) for p in d.parameters])
        for d in read_page(text).draws
        if d.variable is not None or d.parameters
    ]


@pytest.mark.parametrize(
    ("text", "draw"),
    [
        (r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$.", ("X", r"\mathcal{N}", [r"\mu", r"\sigma^2"])),
        (
            r"$X_1, \dots, X_n \stackrel{i.i.d}{\sim} U[0, \theta]$",
            ("X_n", "U", ["0", r"\theta"]),
        ),
        (r"$Y\sim{\rm Poisson}\left(\mu\right)$", ("Y", "Poisson", [r"\mu"])),
        (r"$x_m \sim N(x_m \mid \mu, 4)$", ("x_m", "N", [r"\mu", "4"])),
        (
            r"$\mathbb{E}_{x \sim U[-\frac{1}{2}, 1]}[x] = 1$",
            ("x", "U", [r"-\frac{1}{2}", "1"]),
        ),
        (r"$p \sim Beta(a, b)$", ("p", "Beta", ["a", "b"])),
    ],
)
def test_what_follows_the_tilde_is_a_law(text: str, draw: tuple[str, str, list[str]]) -> None:
    assert said(text) == [draw]


def test_a_law_given_something_is_none_of_the_quantity_alone() -> None:
    page = read_page(r"$K \mid N \sim \mathrm{Bin}(N, q)$ and $(Y | \theta + 1) \sim N(0, 1)$")
    assert not any(draw.variable is not None for draw in page.draws)
    (draw,) = page.given_draws
    assert (draw.variable, draw.given) == (Symbol("K"), (Symbol("N"),))


@pytest.mark.parametrize(
    ("text", "law", "parameters"),
    [
        (r"samples from a Bernoulli$(p)$ distribution", "bernoulli", ["p"]),
        (r"The conditional distribution is binomial $(n, p)$.", "binomial", ["n", "p"]),
        (r"a Poisson distribution with parameter $\lambda$", "poisson", [r"\lambda"]),
        (r"independent variables with mean $m$", "mean", ["m"]),
        (r"exponential with rate $\beta$", "exponential", [r"\beta"]),
        (r"mit Erwartungswert $\mu$", "mean", [r"\mu"]),
        (r"and standard deviation $s$", "deviation", ["s"]),
        (r"The noise $e$ has unit variance.", "variance", ["1"]),
        (r"$e$ is zero-mean noise.", "mean", ["0"]),
        (r"a standard normal variable", "normal", ["0", "1"]),
        (r"Sei $T$ gleichverteilt auf $[0, c]$", "uniform", ["0", "c"]),
        (r"$T$ suit la loi uniforme sur $[a, c]$", "uniform", ["a", "c"]),
        (r"binomial with parameters $m$ and $q$", "binomial", ["m", "q"]),
        (r"нормальное распределение с параметрами $m$ и $v$", "normal", ["m", "v"]),
        (r"パラメータ $c$ の分布, ポアソン分布のパラメータ $d$", "poisson", ["d"]),
        (r"rozkład wykładniczy z parametrem $c$", "exponential", ["c"]),
    ],
)
def test_words_name_laws_and_moments(text: str, law: str, parameters: list[str]) -> None:
    assert (law, parameters) in [(found, values) for _, found, values in said(text)]


@pytest.mark.parametrize(
    "text", ["which means that $x = 3$", "what does this mean? $y$ is large", "a normal day, $x$"]
)
def test_other_words_name_none(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "draws"),
    [
        (
            r"Suppose that $S$ is Poisson distributed with rate $c$ and $T$ is exponential with mean $b$.",
            [("S", "poisson", ["c"]), ("T", "mean", ["b"])],
        ),
        (r"Let $N$ be binomial with parameters $m$ and $r$.", [("N", "binomial", ["m", "r"])]),
        (r"设$Z$服从参数为$c$的泊松分布", [("Z", "poisson", ["c"])]),
        (r"Take $V$. We draw from a Poisson distribution with parameter $c$.", [("", "poisson", ["c"])]),
        (
            r"The variables $Y_1, \dots, Y_m$ have mean $c$ and variance $v$.",
            [("Y_m", "mean", ["c"]), ("Y_m", "variance", ["v"])],
        ),
        (r"$\ln Z \sim N(a, b)$", [("Z", "lognormal", ["a", "b"])]),
        (r"$Z \sim N(\mu = a, \sigma^2 = b)$", [("Z", "N", ["a", "b"])]),
        (r"$Q \sim \chi^2_k$", [("Q", "chi", ["k"])]),
        (r"$Q \sim \chi^2(m - 1)$", [("Q", "chi", ["m - 1"])]),
    ],
)
def test_a_law_is_that_of_the_subject_of_its_sentence(
    text: str, draws: list[tuple[str, str, list[str]]]
) -> None:
    assert [each for each in said(text) if each[2]] == draws


@pytest.mark.parametrize(
    "text", [r"$U$ has standard normal distribution", r"where $U$ is a standard normal variable."]
)
def test_words_without_a_formula_are_about_the_name_before_them(text: str) -> None:
    assert ("U", "normal", ["0", "1"]) in said(text)
