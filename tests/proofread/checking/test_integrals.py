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
