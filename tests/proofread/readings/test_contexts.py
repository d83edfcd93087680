"""Long pages are read claim by claim, each with what stands nearest and says what its names are."""

from __future__ import annotations

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

SECTION = r"""
## Part {n}

Let $f(x) = {n} x^2$.
$$f'(x) = {m} x$$
"""


def _chapter(parts: int, wrong: int = -1) -> str:
    return "".join(
        SECTION.replace("{n}", str(n)).replace("{m}", str(2 * n + (n == wrong))) for n in range(2, parts)
    )


def test_a_chapter_that_gives_one_name_many_meanings() -> None:
    proof = proofread(_chapter(40))
    assert proof.verdict is not Verdict.WRONG
    assert sum(step.verdict is StepVerdict.HOLDS for step in proof.steps) > 30


def test_a_page_with_two_sections_finds_the_wrong_one() -> None:
    proof = proofread(_chapter(4, wrong=3))
    assert [step.rhs for step in proof.steps if step.verdict is StepVerdict.FAILS] == ["7 x"]
