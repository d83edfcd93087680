from dataclasses import replace

import pytest

from pminusy.proofread.proof import FinalAnswer, StepVerdict, Verdict, Witness
from pminusy.report.proof import words


def test_a_wrong_derivation_is_told_by_its_line(wrong):
    assert words.headline(wrong) == "Line 6 is wrong"
    assert words.headline(replace(wrong, first_wrong=None)) == f"Line {wrong.steps[0].line} is wrong"


def test_undecided_lines_are_listed_once(undecided):
    step = undecided.steps[0]
    twice = replace(undecided, steps=(step, step, replace(step, line=9)))
    assert words.headline(twice) == f"No mistake found, but lines {step.line}, 9 could not be decided"
    assert words.headline(replace(undecided, steps=())) == "Nothing to check"


def test_assumptions_are_written_as_asked(right):
    assert words.headline(right) == "Every step holds if sum(y)=1"
    assert words.headline(right, str.upper) == "Every step holds if SUM(Y)=1"
    assert next(words.remarks(right.steps[0], str.upper)) == "holds if SUM(Y)=1"
    assert words.headline(replace(right, verdict=Verdict.CORRECT)) == "Every step holds"


def test_remarks_come_in_order(wrong):
    step = replace(
        wrong.steps[1], reason="why", question="what?", rests_on=("a reading",), warnings=("a warning",)
    )
    inherited = "valid step, but inherits the earlier error"
    assert list(words.remarks(step)) == [inherited, "why", "what?", "a reading", "a warning"]
    assert list(words.remarks(replace(wrong.steps[0], verdict=StepVerdict.HOLDS))) == []


def test_the_summary_counts(wrong):
    assert words.summary(wrong).startswith("Read 2 definitions; checked 3 steps at random points")
    assert words.summary(replace(wrong, steps=())) == "Read 2 definitions; found no other equation to check."


def test_a_witness_is_told_with_at_most_six_numbers_of_an_array():
    found = Witness(0.25, -2.0, {"i": 2, "j": 1}, {"o": list(range(8)), "s": 3.0})
    assert words.witness(found).startswith("At i = 2, j = 1 and the values below, the left side is 0.25")
    assert dict(words.values(found)) == {"o": "(0, 1, 2, 3, 4, 5, …)", "s": "3"}
    assert words.witness(replace(found, indices={})).startswith("At the values below")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (FinalAnswer("a", None), "undecided"),
        (FinalAnswer("a", False), "wrong"),
        (FinalAnswer("a", True), "correct"),
        (FinalAnswer("a", True, "y>=0"), "correct if y>=0"),
    ],
)
def test_the_final_answer_in_a_few_words(answer, told):
    assert words.final_answer(answer) == told


def test_a_page_of_the_documentation_has_a_command():
    assert words.command("docs/derivations/dropout.md") == "pminusy docs dropout"
