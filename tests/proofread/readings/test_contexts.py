"""Long pages are read claim by claim, each with what stands nearest and says what its names are."""

from __future__ import annotations

from tests.proofread.reading import page, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict
from pminusy.proofread.readings.contexts import by_itself, with_squared_lengths, with_understood_indices

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


def test_the_square_of_a_vector_may_be_its_squared_length() -> None:
    left = r"(\mathbf y - X \mathbf w)^2"
    right = r"\mathbf y^2 - 2 \mathbf w^T X^T \mathbf y + \mathbf w^T X^T X \mathbf w"
    assert verdicts(f"{left} = {right}") == ["holds"]
    assert verdicts(f"{left} = {right.replace('2 ', '')}") != ["holds"]


def test_squares_of_matrices_stay_products() -> None:
    part = by_itself(read := page("(A + B)^2 = A^2 + A B + B A + B^2"), read.chains[0])
    squared = with_squared_lengths(part)
    assert squared is not None
    assert squared[1].members[1].tree == read.chains[0].members[1].tree


def test_an_index_that_is_left_out_is_understood() -> None:
    loss = r"L = \sum_i y_i \log \sigma(w x_i) + (1 - y_i) \log (1 - \sigma(w x_i))"
    left = r"\sum_i y_i (1 - \sigma(w x_i)) x_i - (1 - y) \sigma(w x_i) x_i"
    assert verdicts(loss, rf"{left} = \sum_i (y_i - \sigma(w x_i)) x_i") == ["holds"]
    assert verdicts(loss, rf"{left} = \sum_i (y_i + \sigma(w x_i)) x_i") != ["holds"]


def test_nothing_is_understood_where_no_name_lacks_an_index() -> None:
    part = by_itself(read := page(r"\sum_i x_i y_i = \sum_i y_i x_i"), read.chains[0])
    assert with_understood_indices(part) is None
