"""Steps that hold for the distribution that the page names, and for no other."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

LINES = [
    (r"$X \sim N(m, v^2)$", r"\mathbb{E}[X^4]", r"m^4 + 6 m^2 v^2 + 3 v^4", r"m^4 + 6 m^2 v^2 + v^4"),
    (r"$X \sim \mathrm{Exp}(\lambda)$", r"\mathbb{E}[X^3]", r"\frac{6}{\lambda^3}", r"\frac{3}{\lambda^3}"),
    (
        r"$X$ is exponential with rate $\beta$",
        r"\mathbb{E}[X^2]",
        r"\int_0^\infty x^2 \beta e^{-\beta x} dx",
        r"\int_0^\infty x^2 \beta^2 e^{-\beta x} dx",
    ),
    (r"$K \sim \mathrm{Poisson}(c)$", r"\mathrm{Var}(K)", "c", "c^2"),
    (r"$K \sim \mathrm{Poisson}(c)$", r"\mathbb{E}[K (K - 1)]", "c^2", "c"),
    (r"$B \sim \mathrm{Ber}(p)$", r"\mathrm{Var}(B)", "p(1 - p)", "p"),
    (r"$U \sim U[0, b]$", r"\mathbb{E}[U^2]", r"\frac{b^2}{3}", r"\frac{b^2}{2}"),
    (r"$G \sim \Gamma(a, b)$", r"\mathbb{E}\left[G\right]", r"\frac{a}{b}", r"\frac{b}{a}"),
    (r"$N \sim \mathrm{Bin}(m, q)$", r"\mathrm{Var}(N)", "m q (1 - q)", "m q"),
    (r"$T$ is exponential with mean $c$", r"\mathbb{E}[T^2]", "2 c^2", "c^2"),
    (r"$N$ is geometric with mean $c$", r"\mathrm{Var}(N)", "c^2 - c", "c^2"),
    (
        r"$T$ is normal with mean $a$ and variance $v$",
        r"\mathbb{E}[T^4]",
        "a^4 + 6 a^2 v + 3 v^2",
        "a^4 + v^2",
    ),
    (
        r"$T_1, \dots, T_n$ are independent Bernoulli variables with parameter $q$",
        r"\prod_{i=1}^n \mathbb{E}[e^{u T_i}]",
        r"(1 - q + q e^u)^n",
        r"(1 - q + e^u)^n",
    ),
    (
        r"$T_i \sim \mathcal{N}(a_i, v)$",
        r"\prod_{i=1}^n \mathbb{E}[e^{u T_i}]",
        r"e^{u \sum_{i=1}^n a_i + n v u^2 / 2}",
        r"e^{u \sum_{i=1}^n a_i + n v u^2}",
    ),
    (
        r"$T$ and $U$ are independent exponential variables with rate $c$",
        r"\mathrm{Var}(T + U)",
        r"\frac{2}{c^2}",
        r"\frac{4}{c^2}",
    ),
    (
        r"$X_1, \dots, X_n$ are i.i.d. with mean $\mu$ and variance $\sigma^2$",
        r"\mathrm{Var}\left(\frac{1}{n} \sum_{i=1}^n X_i\right)",
        r"\frac{\sigma^2}{n}",
        r"\sigma^2",
    ),
    (
        r"The errors $E_i \sim \mathcal{N}(0, \sigma^2)$ are independent",
        r"\mathbb{E}\left[\left(\sum_{i=1}^n a_i E_i\right)^2\right]",
        r"\sigma^2 \sum_{i=1}^n a_i^2",
        r"\sigma^2 \left(\sum_{i=1}^n a_i\right)^2",
    ),
    (
        r"$X_i \sim N(\mu_i, 1)$",
        r"\mathbb{E}\left[\sum_{i=1}^n X_i\right]",
        r"\sum_{i=1}^n \mu_i",
        r"n \mu_1",
    ),
    (
        r"Let $X \sim \mathcal{N}(\mathbf{m}, S)$ with $X \in \mathbb{R}^d$ and a matrix $A$",
        r"\mathrm{Var}(A X)",
        r"A S A^T",
        r"A^T S A",
    ),
]


@pytest.mark.parametrize(("words", "left", "right", "_"), LINES)
def test_what_is_true_of_the_law_holds(words: str, left: str, right: str, _: str) -> None:
    (step,) = proofread(f"{words}.\n\n$${left} = {right}$$").steps
    assert step.verdict is StepVerdict.HOLDS


@pytest.mark.parametrize(("words", "left", "_", "wrong"), LINES)
def test_what_is_not_does_not(words: str, left: str, _: str, wrong: str) -> None:
    assert not any(step.holds for step in proofread(f"{words}.\n\n$${left} = {wrong}$$").steps)


def test_the_reading_says_what_it_rests_on() -> None:
    (step,) = proofread(r"$X \sim \mathrm{Exp}(\lambda)$ $$\mathbb{E}[X] = \frac{1}{\lambda}$$").steps
    assert step.rests_on == ("X read with an exponential distribution",)


def test_quantities_of_known_laws_are_not_independent_by_themselves() -> None:
    page = r"$X \sim N(a, 1)$, $Y \sim N(b, 1)$. $$\mathbb{E}[X Y] = a b$$"
    assert [step.verdict for step in proofread(page).steps] == [StepVerdict.HOLDS_IF]
    assert proofread("They are independent. " + page).steps[-1].holds


def test_what_a_line_claims_is_no_ground_for_itself() -> None:
    page = r"$X \sim \mathrm{Exp}(\lambda)$. $$\mathbb{E}[X] = \lambda$$ $$\mathbb{E}[2 X] = 2 \lambda$$"
    assert not any(step.holds for step in proofread(page).steps)


def test_what_another_line_says_in_the_same_words_is_no_ground_either() -> None:
    page = "$$E[T] = 5 c + 1$$ Words. $$E[T] = 5 c + 1$$"
    assert not any(step.holds for step in proofread(page).steps)


def test_the_mean_of_a_constant_is_taken_beside_a_law() -> None:
    page = r"$$E[T^2] - 2 \mu E[T] + E[\mu^2] = E[T^2] - 2 \mu^2 + \mu^2$$"
    assert proofread(page).steps[-1].verdict is StepVerdict.HOLDS


def test_laws_are_tried_in_other_readings_as_well() -> None:
    page = r"""Let $X_1 \sim N(m, v^2)$ and $X_2 \sim N(m, v^2)$ be independent.
$$E[X_1 X_2]
= \int_{-\infty}^\infty \int_{-\infty}^\infty x_1 x_2 N(x_1 \mid m, v^2) N(x_2 \mid m, v^2) dx_1 dx_2 = m^2$$"""
    assert all(step.holds for step in proofread(page).steps)


def test_what_has_a_normal_law_is_a_vector_where_it_stands_beside_a_matrix() -> None:
    page = r"""Let $Z \sim N(\mu_Z, \Sigma_Z)$ be a random vector, $B$ a matrix and $Y = B Z + c$. Then
$$E[Y] = E[B Z + c] = B \mu_Z + c$$ $$E[(Y - E[Y]) (Y - E[Y])^T] = B \Sigma_Z B^T$$"""
    assert all(step.holds for step in proofread(page).steps)


def test_the_mean_of_an_outer_product_is_a_covariance_matrix() -> None:
    page = r"""The model is $y = X \beta + \epsilon$ with $E[\epsilon] = 0$ and $E[\epsilon \epsilon^\top] = s^2 I$.
$$(X^T X)^{-1} X^T \mathrm{Var}(y) X (X^T X)^{-1} = s^2 (X^T X)^{-1}$$"""
    assert proofread(page).steps[-1].verdict is StepVerdict.HOLDS
    assert not proofread(page.replace("= s^2 (X^T X)", "= s (X^T X)")).steps[-1].holds


def test_what_vanishes_under_a_law_shows_nothing() -> None:
    page = r"$E[u] = 0$ and $x$ and $u$ are independent. $$E[u x] + 0 = 2 E[u] E[x]$$"
    assert not any(step.holds for step in proofread(page).steps)


def test_a_variance_alone_is_known_as_well() -> None:
    page = r"Then $\mathrm{Var}(Z_i) = \frac{q}{m}$ and $$\mathrm{Var}(3 Z_i) + 0 = \frac{9 q}{m}$$"
    assert proofread(page).steps[-1].verdict is StepVerdict.HOLDS


def test_a_sample_without_replacement_is_not_called_wrong() -> None:
    page = r"""Let $Z_i$ say whether unit $i$ is in a random sample of $n$ of the $N$ units.
$$\mathrm{Var}\left(\sum_{i=1}^N Z_i\right) = \sum_{i=1}^N \mathrm{Var}(Z_i) - \sum_{i=1}^N \mathrm{Var}(Z_i)$$"""
    assert not any(step.verdict is StepVerdict.FAILS for step in proofread(page).steps)


def test_mu_and_sigma_are_mean_and_deviation_by_custom() -> None:
    (step,) = proofread(r"$$\mathbb{E}[X^2] - 2 \mu \mathbb{E}[X] + \mu^2 = \sigma^2$$").steps
    assert step.verdict is StepVerdict.HOLDS
    wrong = proofread(r"$$\mathbb{E}[X^2] - 2 \mu \mathbb{E}[X] + \mu^2 = 2 \sigma^2$$")
    assert not any(step.holds for step in wrong.steps)


def test_a_density_that_words_give_is_asked_for() -> None:
    page = r"X is uniform. $$\mathbb{E}[X] = \int_{-\infty}^\infty x f(x) dx = \int_0^1 x dx$$"
    assert not any(step.verdict is StepVerdict.FAILS for step in proofread(page).steps)


SQUARES = r"Let $\xi_1, \dots, \xi_m$ be independent with $E[\xi_j] = 0$ and $E[\xi_j^2] = v$."


def test_small_letters_beside_what_has_a_mean_are_not_random() -> None:
    left = r"E\left[\left(\sum_{j=1}^m a_j \xi_j\right)^2\right]"
    steps = proofread(SQUARES + "\n\n" + rf"$${left} = \sum_{{j=1}}^m a_j^2 v$$").steps
    assert [step.verdict for step in steps] == [StepVerdict.HOLDS]
    assert not any(s.holds for s in proofread(SQUARES + "\n\n" + rf"$${left} = \sum_{{j=1}}^m a_j v$$").steps)


def test_what_has_a_mean_is_random_beside_an_estimate() -> None:
    noise = r"With $E[\eta] = 0$ and $Var(\eta) = v$,"
    line = r"E[(g + \eta - \hat{g})^2] = E[(g - \hat{g})^2]"
    step = proofread(noise + "\n\n" + f"$${line} + v$$").steps[-1]
    assert step.verdict is StepVerdict.HOLDS_IF
    assert not any(s.holds for s in proofread(noise + "\n\n" + f"$${line} + v^2$$").steps)


@pytest.mark.parametrize(
    "words",
    [
        r"Let $\eta_1, \dots, \eta_m$ be i.i.d. Rademacher variables.",
        r"Let $\eta_j$ be independent with $P(\eta_j = 1) = P(\eta_j = -1) = \frac{1}{2}$.",
    ],
)
def test_random_signs(words: str) -> None:
    left = r"E\left[e^{s \eta_1}\right]"
    proof = proofread(words + "\n\n" + rf"$${left} = \cosh s$$")
    assert proof.steps[-1].verdict is StepVerdict.HOLDS
    wrong = proofread(words + "\n\n" + rf"$${left} = \sinh s$$")
    assert not any(step.holds for step in wrong.steps if step.line > 1)


def test_the_small_letter_of_a_stated_density_is_random() -> None:
    density = r"$$f(x) = \begin{cases} 1, & 0 < x < 1 \\ 0, & \text{elsewhere} \end{cases}$$"
    line = r"E[e^{s x}] = \int_{-\infty}^\infty e^{s x} f(x) dx"
    assert proofread(f"{density}\n\n$${line}$$").steps[-1].verdict is StepVerdict.HOLDS
