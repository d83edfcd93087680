"""What a page says of how its random quantities are distributed."""

from __future__ import annotations

import pytest

from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.latex import to_latex


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
    ],
)
def test_what_follows_the_tilde_is_a_law(text: str, draw: tuple[str, str, list[str]]) -> None:
    assert said(text) == [draw]


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
    assert ("", law, parameters) in said(text)


@pytest.mark.parametrize(
    "text", ["which means that $x = 3$", "what does this mean? $y$ is large", "a normal day, $x$"]
)
def test_other_words_name_none(text: str) -> None:
    assert said(text) == []
