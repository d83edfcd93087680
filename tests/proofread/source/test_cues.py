"""How far conditions reach, and what is set aside."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict

SLIP = r"$$L = T \sum_k x_k^2$$ $$\frac{\partial L}{\partial x_i} = 2 x_i$$"


@pytest.mark.parametrize(
    "words", ["Near $T = 1$ it is so.", "Either $T = 1$ or not.", "## Next\n\nLet $T = 1$."]
)
def test_a_condition_elsewhere_excuses_nothing(words: str) -> None:
    assert proofread(f"{SLIP}\n\n{words}").verdict is Verdict.WRONG


@pytest.mark.parametrize("words", ["Here $T = 1$.", "Assume $T = 1$.", "Let $T = 1$."])
def test_what_the_section_assumes_counts_in_all_of_it(words: str) -> None:
    again = SLIP + r" so that $$\frac{\partial L}{\partial x_i} = 2 x_i$$"
    assert proofread(f"{words}\n\n{again}").assumptions == ("T=1",)


def test_what_is_set_aside_is_said() -> None:
    (note,) = proofread(r"$$f = x^2$$ $$\frac{df}{dx} = 2x$$ Take $x$ near $x = 3$.").notes
    assert note.startswith("line 1: x = 3 was not checked")


def test_an_equation_to_be_solved_is_no_claim() -> None:
    proof = proofread(r"$$f = x^2$$ $$\frac{df}{dx} = 2x$$ The step $d$ satisfies $H d = -g$.")
    assert proof.verdict is Verdict.CORRECT
    assert len(proof.notes) == 1
