"""Integrals are right to many digits, or nothing is said of them."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict


@pytest.mark.parametrize(
    "text",
    [
        r"$$\int_0^1 dt \, t^2 = \frac13$$",
        r"$$\int_0^1 \log x \, dx = -1$$",
        r"$$\int_{-\infty}^{\infty} e^{-x^2} \mathrm{d}x = \sqrt{\pi}$$",
        r"$$\int_0^\infty x e^{-a x} dx = \frac{1}{a^2}$$",
        r"$$\frac{d}{da} \int_0^a \sin(a r) dr = \sin(a^2) + \int_0^a r \cos(a r) \, dr$$",
        r"$$h(t) = \phi'(t)$$ $$\phi(t) - \phi(0) = \int_0^t h(r) dr$$",
    ],
)
def test_right_integrals(text: str) -> None:
    assert proofread(text).verdict is Verdict.CORRECT


def test_a_wrong_integral() -> None:
    assert proofread(r"$$\int_0^1 t^2 dt = \frac12$$").verdict is Verdict.WRONG


def test_a_divergent_integral_is_not_decided() -> None:
    assert proofread(r"$$\int_0^1 \frac{dx}{x^2} x = 3$$").verdict is Verdict.UNDECIDED
    assert proofread(r"$$\int_0^\infty \cos(x) dx = 0$$").verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    "text",
    [
        r"$$\int_0^\infty e^{a b x} b e^{-b x} dx = b \int_0^\infty e^{-b x (1 - a)} dx = \frac{1}{1 - a}$$",
        r"$$\int_0^1 \frac{(\ln u)^3}{1 - u} du = -\frac{\pi^4}{15}$$",
        r"$$\int_0^\infty \int_0^\infty x e^{-x (y + 1)} dy dx = 1$$",
        r"$$\int_0^\infty x e^{-x} \int_0^\infty e^{-x y} dy dx = 1$$",
        r"$$\int_1^\infty x^{-3} \ln x \, dx = \frac14$$",
        r"$$\int_1^\infty \frac{1}{x^{3/2}} dx = 2$$",
    ],
)
def test_improper_integrals(text: str) -> None:
    assert proofread(text).verdict is Verdict.CORRECT


@pytest.mark.parametrize("value", ["3", r"\ln 2"])
def test_a_slowly_divergent_integral_is_not_decided(value: str) -> None:
    assert proofread(rf"$$\int_1^\infty \frac{{1}}{{x}} dx = {value}$$").verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\int_0^1 \frac{1}{\sqrt{1 - x^2}} dx", r"\frac{\pi}{2}", r"\frac{\pi}{2} + 10^{-7}"),
        (
            r"\int_0^1 \sqrt{\frac{1 - k^2 t^2}{1 - t^2}} dt",
            r"\int_0^{\pi/2} \sqrt{1 - k^2 \sin^2 a} \, da",
            r"\int_0^{\pi/2} \sqrt{1 - k \sin^2 a} \, da",
        ),
    ],
)
def test_a_singular_integrand_is_evaluated_in_more_digits(left: str, right: str, wrong: str) -> None:
    assert proofread(f"$${left} = {right}$$").verdict is Verdict.CORRECT
    assert proofread(f"$${left} = {wrong}$$").verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"f(s) g(t - s) ds", r"f(t - s) g(s) ds", r"f(t + s) g(s) ds"),
        (r"f'(x) g(x) dx", r"-f(x) g'(x) dx", r"f(x) g'(x) dx"),
        (r"f(x - a) dx", r"f(x) dx", r"f(x) g(x) dx"),
    ],
)
def test_functions_without_definition_vanish_far_out(left: str, right: str, wrong: str) -> None:
    line = r"\int_{-\infty}^{\infty}"
    assert proofread(f"$${line} {left} = {line} {right}$$").verdict is Verdict.CORRECT
    assert proofread(f"$${line} {left} = {line} {wrong}$$").verdict is not Verdict.CORRECT


def test_boundary_terms_are_those_that_do_not_vanish() -> None:
    assert proofread(r"$$\int_0^\infty f'(x) dx = -f(0)$$").verdict is Verdict.CORRECT
    assert proofread(r"$$\int_0^1 f'(x) dx = -f(0)$$").verdict is not Verdict.CORRECT


def test_what_is_defined_by_the_variable_runs_with_it():
    page = r"$$q = 3 t^2$$ $$\int_0^2 q\, dt = 8$$ $$\left[q\right]_{t=1}^{t=2} = 9$$"
    page += r"$$\int_0^1 \frac{dq}{dt}\, dt = 3$$"
    assert verdicts_of(page) == ["holds"] * 3
    assert verdicts_of(page.replace("= 8", "= 9"))[0] == "fails"
    named = r"$$s = \sqrt{c}$$ $$V = \int_0^4 s\, dc$$ $$V = \int_0^4 \sqrt{c}\, dc = \frac{16}{3}$$"
    assert verdicts_of(named) == ["holds", "holds"]


def verdicts_of(page):
    return [step.verdict.value for step in proofread(page).steps]
