"""Limits as numbers."""

from __future__ import annotations

import numpy as np
import pytest

from pminusy.proofread import proofread
from pminusy.proofread.checking.limits import extrapolated
from pminusy.proofread.proof import StepVerdict, Verdict

H = 2.0 ** -np.arange(1, 14)


def test_powers_of_the_distance_are_taken_away() -> None:
    values = np.stack([3 + H - 2 * H**2, np.exp(H), np.sin(H) / H], axis=1)
    assert np.allclose(extrapolated(values), [3, 1, 1], atol=1e-11)


def test_what_does_not_settle_is_no_limit() -> None:
    values = np.stack([1 / H, np.log(H), np.sin(1 / H), H * np.log(H)], axis=1)
    assert np.isnan(extrapolated(values)).all()


RIGHT = [
    r"\lim_{u \to 0} \frac{1 - \cos u}{u^2} = \frac{1}{2}",
    r"\lim_{n \to \infty} \left(1 + \frac{c}{n}\right)^n = e^c",
    r"\lim_{u \to 3} \frac{u^2 - 9}{u - 3} = \lim_{u \to 3} (u + 3) = 6",
    r"\lim_{u \to \infty} \frac{\ln u}{u} = \lim_{u \to \infty} \frac{1}{u} = 0",
    r"\lim_{u \to 0^-} \frac{|u|}{u} = -1",
    r"\lim_{h \to 0} \frac{(u + h)^4 - u^4}{h} = 4 u^3",
    r"\lim_{b \to \infty} \int_0^b e^{-2u} du = \frac{1}{2}",
]


@pytest.mark.parametrize("formula", RIGHT)
def test_limits_are_computed(formula: str) -> None:
    assert proofread(f"$${formula}$$").verdict is Verdict.CORRECT


@pytest.mark.parametrize("formula", RIGHT)
def test_another_limit_does_not_hold(formula: str) -> None:
    last = proofread(f"$${formula} + 1$$").steps[-1]
    assert last.verdict is StepVerdict.UNDECIDED
    assert last.question


@pytest.mark.parametrize(
    "formula", [r"\lim_{u \to 0} \frac{|u|}{u} = 1", r"\lim_{n \to \infty} \sum_{i=1}^n \frac{i}{n^2} = 1/2"]
)
def test_what_is_not_computed_is_set_aside(formula: str) -> None:
    proof = proofread(f"$${formula}$$")
    assert not proof.steps
    assert "a limit is not evaluated" in proof.notes[0]
