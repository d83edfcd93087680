"""Steps that hold for the density that the page states."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread

# What states the density, a mean, its value, and a wrong one.
LINES = [
    (
        r"$$f(t) = \frac{3 t^2}{c^3}, \quad 0 \le t \le c$$",
        r"\mathbb{E}[T]",
        r"\frac{3c}{4}",
        r"\frac{2c}{3}",
    ),
    (r"$$f_T(t) = \beta e^{-\beta t}$$", r"\mathrm{Var}(T)", r"\frac{1}{\beta^2}", r"\frac{2}{\beta^2}"),
    (
        r"$$f(t) = \begin{cases} \frac{a}{t^{a + 1}} & t > 1 \\ 0 & \text{otherwise} \end{cases}$$",
        r"\mathbb{E}[T]",
        r"\frac{a}{a - 1}",
        r"\frac{a}{a + 1}",
    ),
    (r"$$p_N(k) = \frac{c^k}{k!} e^{-c}$$", r"\mathbb{E}[N^2]", "c + c^2", "c^2"),
    (r"$$P(N = k) = q (1 - q)^{k - 1}$$", r"\mathbb{E}[N]", r"\frac{1}{q}", r"\frac{1 - q}{q}"),
    (r"$$P(N = k) = q (1 - q)^k$$", r"\mathbb{E}[N]", r"\frac{1 - q}{q}", r"\frac{1}{q}"),
    (r"$$P(N = k) = \binom{m}{k} q^k (1 - q)^{m - k}$$", r"\mathbb{E}[N]", "m q", "q"),
    (r"$$f(t) = \frac{1}{c - a}$$", r"\mathbb{E}[T]", r"\frac{a + c}{2}", r"\frac{c - a}{2}"),
    (r"$$p(t \mid s) = \frac{1}{s} e^{-t / s}$$", r"\mathbb{E}[T^3]", "6 s^3", "3 s^3"),
    (
        r"$$f(t) = \frac{t}{s^2} e^{-t^2 / (2 s^2)}, \quad t \ge 0$$",
        r"\mathbb{E}[T]",
        r"s \sqrt{\frac{\pi}{2}}",
        "s",
    ),
    (r"$$P(N = 1) = q, \quad P(N = 0) = 1 - q$$", r"\mathrm{Var}(N)", "q (1 - q)", "q"),
    (
        r"$$P(N = 1) = \frac{1}{2}, \quad P(N = 2) = \frac{1}{3}, \quad P(N = 3) = \frac{1}{6}$$",
        r"\mathbb{E}[N^2]",
        r"\frac{10}{3}",
        r"\frac{25}{9}",
    ),
    (
        r"$$\mathbb{E}[T] = \int_0^\infty t \frac{e^{-t / s}}{s} dt = s$$",
        r"\mathbb{E}[T^2]",
        "2 s^2",
        "s^2",
    ),
]


@pytest.mark.parametrize(("density", "left", "right", "_"), LINES)
def test_means_by_a_stated_density_hold(density: str, left: str, right: str, _: str) -> None:
    step = proofread(f"The density is\n{density}\nand so\n$${left} = {right}$$").steps[-1]
    assert step.holds
    assert any("stated" in choice for choice in step.rests_on)


@pytest.mark.parametrize(("density", "left", "_", "wrong"), LINES)
def test_others_do_not(density: str, left: str, _: str, wrong: str) -> None:
    steps = proofread(f"The density is\n{density}\nand so\n$${left} = {wrong}$$").steps
    assert not any(wrong in step.rhs and step.holds for step in steps)


MEANS = [
    (
        r"\mathbb{E}[T^n] = \int_0^\infty t^n c e^{-c t} dt",
        r"\mathbb{E}[T^n] = \int_0^\infty t^n e^{-c t} dt",
    ),
    (
        r"\mathbb{E}[N (N - 1)] = \sum_{k=0}^\infty k (k - 1) \frac{c^k}{k!} e^{-c}",
        r"\mathbb{E}[N (N - 1)] = \sum_{k=0}^\infty k^2 \frac{c^k}{k!} e^{-c}",
    ),
    (
        r"M(u) = \mathbb{E}[e^{u T}] = \frac{1}{\sqrt{2 \pi}} \int_{-\infty}^\infty e^{u t} e^{-t^2 / 2} dt",
        r"M(u) = \mathbb{E}[e^{u T}] = \frac{1}{2 \pi} \int_{-\infty}^\infty e^{u t} e^{-t^2 / 2} dt",
    ),
]


@pytest.mark.parametrize(("right", "wrong"), MEANS)
def test_a_mean_says_what_the_density_is_if_that_adds_up_to_one(right: str, wrong: str) -> None:
    assert proofread(f"$${right}$$").steps[-1].holds
    assert not proofread(f"$${wrong}$$").steps[-1].holds


def test_a_mean_by_another_density_than_the_stated_one_does_not_hold() -> None:
    page = r"$$f(t) = 2 t, 0 \le t \le 1$$ $$\mathbb{E}[T] = \int_0^1 3 t^3 dt$$"
    assert not proofread(page).steps[-1].holds


KNOWN = [
    (
        r"$t_i \sim \mathcal{N}(w u_i, v)$",
        r"\prod_{n=1}^N p(t_n \mid u_n, w)",
        r"(2 \pi v)^{-N/2} \exp\left(-\frac{1}{2 v} \sum_{n=1}^N (t_n - w u_n)^2\right)",
        r"(2 \pi v)^{-N/2} \exp\left(-\frac{1}{v} \sum_{n=1}^N (t_n - w u_n)^2\right)",
    ),
    (
        r"$T$ is Poisson with parameter $c$",
        r"\sum_{i=1}^m \log P(T = t_i)",
        r"\log c \sum_{i=1}^m t_i - m c - \sum_{i=1}^m \log t_i!",
        r"\log c \sum_{i=1}^m t_i - c - \sum_{i=1}^m \log t_i!",
    ),
    (
        r"$T \sim \mathrm{Poisson}(c)$ and $U \sim \mathrm{Poisson}(d)$",
        r"\sum_{k=0}^n P(T = k) P(U = n - k)",
        r"\frac{(c + d)^n}{n!} e^{-c - d}",
        r"\frac{(c + d)^n}{n!} e^{-c d}",
    ),
    (
        r"$t_i = w u_i + e_i$ with $e_i \sim \mathcal{N}(0, v)$",
        r"\sum_{n=1}^N \log p(t_n \mid u_n) + \frac{N}{2} \log(2 \pi v)",
        r"-\frac{1}{2 v} \sum_{n=1}^N (t_n - w u_n)^2",
        r"-\frac{1}{v} \sum_{n=1}^N (t_n - w u_n)^2",
    ),
    (
        r"draws from $\mathrm{Exp}(\beta)$",
        r"\prod_{i=1}^m f(t_i; \beta)",
        r"\beta^m e^{-\beta \sum_{i=1}^m t_i}",
        r"\beta e^{-\beta \sum_{i=1}^m t_i}",
    ),
]


@pytest.mark.parametrize(("words", "left", "right", "wrong"), KNOWN)
def test_probabilities_are_those_of_the_named_law(words: str, left: str, right: str, wrong: str) -> None:
    (step,) = proofread(f"{words}.\n\n$${left} = {right}$$").steps
    assert step.holds
    assert "probabilities read as those of the named law" in step.rests_on
    assert not any(step.holds for step in proofread(f"{words}.\n\n$${left} = {wrong}$$").steps)
