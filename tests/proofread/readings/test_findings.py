from dataclasses import replace

import pytest
from tests.proofread.reading import page

from pminusy.proofread import proofread
from pminusy.proofread.proof import Step, StepVerdict, Verdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.findings import as_proof, definitions_of, final_answer, verdict_on

HOLDS, HOLDS_IF, FAILS, UNDECIDED = StepVerdict


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ((HOLDS, HOLDS), Verdict.CORRECT),
        ((HOLDS, HOLDS_IF), Verdict.CORRECT_IF),
        ((HOLDS_IF, UNDECIDED), Verdict.UNDECIDED),
        ((UNDECIDED, FAILS), Verdict.WRONG),
        ((), Verdict.UNDECIDED),
    ],
)
def test_one_wrong_step_is_enough_and_one_undecided_leaves_it_open(steps, verdict):
    assert verdict_on(tuple(Step(1, "a", "b", None, None, each) for each in steps)) is verdict


def checked(*formulas, text=""):
    return check(page(*formulas, text=text))


def test_the_last_member_answers_the_first():
    answer = final_answer(checked("y = a x", "y = a x + 1 = 1 + a x - 1"))
    assert (answer.latex.strip(), answer.right) == ("1 + a x - 1", True)
    assert final_answer(checked("y = a x", "y = a x + 1")).right is False


def test_cases_of_one_quantity_are_not_what_the_page_asks_for():
    text = (
        r"$$q_j = \frac{e^{a_j}}{\sum_k e^{a_k}}$$ $$F = \sum_j t_j \log q_j$$"
        r"$$\frac{\partial q_j}{\partial a_i} = q_i - q_i q_i, \quad i = j$$"
        r"$$\frac{\partial q_j}{\partial a_i} = -q_i q_j, \quad i \ne j$$"
        r"$$\frac{\partial F}{\partial a_i} = \sum_j \frac{t_j}{q_j} \frac{\partial q_j}{\partial a_i} = t_i - q_i$$"
    )
    assert proofread(text).final_answer.latex.strip() == "t_i - q_i"


def test_an_answer_needs_what_its_steps_need():
    proof = as_proof(
        checked(
            r"L = -\sum_k y_k \log p_k",
            r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
            r"\frac{\partial L}{\partial z_i} = p_i - y_i",
        )
    )
    assert proof.verdict is Verdict.CORRECT_IF
    assert proof.assumptions == ("sum(y)=1",)
    assert proof.final_answer.right_if == "sum(y)=1"


def test_definitions_have_their_lines_and_text():
    found = checked("y = a x", "y = x a")
    (definition,) = definitions_of(found.page, found.found)
    assert (definition.line, definition.latex.strip()) == (2, "y = a x")


def test_what_was_set_aside_is_noted_with_its_reason():
    proof = as_proof(checked(r"w \gets w - 1", "y = a x", "y = x a"))
    assert any(
        note.startswith("line 2: ") and "was not checked: a step of an algorithm" in note
        for note in proof.notes
    )


def test_without_steps_there_is_no_answer():
    found = checked("y = a x")
    assert final_answer(replace(found, steps=())) is None


def test_definitions_by_the_entries_of_lists_are_written_one_by_one():
    found = checked("(x, y) = (a b, 2 c)", "z = x + y = a b + 2 c")
    assert [each.latex for each in definitions_of(found.page, found.found)][:2] == ["x = a b", "y = 2 c"]
