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
    r"\lim_{u \to 0^+} u^2 \ln u = 0",
]


@pytest.mark.parametrize("formula", RIGHT)
def test_limits_are_computed(formula: str) -> None:
    assert proofread(f"$${formula}$$").verdict is Verdict.CORRECT


@pytest.mark.parametrize("formula", RIGHT)
def test_another_limit_does_not_hold(formula: str) -> None:
    last = proofread(f"$${formula} + 1$$").steps[-1]
    assert last.verdict in (StepVerdict.FAILS, StepVerdict.UNDECIDED)


def test_a_wrong_limit_is_wrong_unless_it_may_reach_farther() -> None:
    assert proofread(r"$$\lim_{h \to 0} \frac{e^h - 1}{h} = 2$$").verdict is Verdict.WRONG
    open_step = proofread(r"$$\lim_{u \to 1} u^2 + u = 2$$").steps[-1]
    assert (open_step.verdict, bool(open_step.question)) == (StepVerdict.UNDECIDED, True)


def test_roots_are_extrapolated_and_steps_are_named_with_a_delta() -> None:
    root = r"$$\lim_{u \to 0^+} \int_u^1 \frac{1}{\sqrt{t}} dt = 2$$"
    slope = r"$$g(u) = u^3$$ $$g'(u) = \lim_{\Delta u \to 0} \frac{g(u + \Delta u) - g(u)}{\Delta u} = 3u^2$$"
    assert proofread(root).verdict is Verdict.CORRECT
    assert proofread(slope).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    "formula", [r"\lim_{n \to \infty} (-1)^n = 1", r"\lim_{n \to \infty} \cos(\pi n) = 1"]
)
def test_what_changes_its_sign_has_no_limit(formula: str) -> None:
    assert proofread(f"$${formula}$$").verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    "formula",
    [r"\lim_{u \to 0} \frac{|u|}{u} = \lim_{u \to 0} \frac{1}{u}", r"\lim_{n \to \infty} n^2 = \infty"],
)
def test_what_has_no_limit_is_set_aside(formula: str) -> None:
    proof = proofread(f"$${formula}$$")
    assert not proof.steps
    assert "a limit is not evaluated" in proof.notes[0]


def test_a_side_that_can_be_computed_leaves_a_step_open() -> None:
    step = proofread(r"$$\lim_{n \to \infty} \sum_{i=1}^n \frac{i}{n^2} = \frac{1}{2}$$").steps[0]
    assert step.verdict is StepVerdict.UNDECIDED
