import pytest

from pminusy.proofread.proof import FinalAnswer, Step, StepVerdict, Verdict


@pytest.mark.parametrize(
    ("verdict", "holds"),
    [
        (StepVerdict.HOLDS, True),
        (StepVerdict.HOLDS_IF, True),
        (StepVerdict.FAILS, False),
        (StepVerdict.UNDECIDED, False),
    ],
)
def test_a_step_holds_also_under_an_assumption(verdict, holds):
    assert Step(1, "a", "b", None, None, verdict).holds is holds


def test_verdicts_are_written_as_in_json():
    assert [str(each) for each in Verdict] == ["correct", "correct_if", "wrong", "undecided"]
    assert [str(each) for each in StepVerdict] == ["holds", "holds_if", "fails", "undecided"]


def test_an_answer_rests_on_nothing_until_said():
    answer = FinalAnswer("a", True)
    assert (answer.right_if, answer.correct, answer.simpler) == (None, None, None)
