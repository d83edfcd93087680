from dataclasses import replace

import pytest
from tests.proofread.reading import page

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.repair.marking import marked

SINE = (r"f = \sin(3x)", r"\frac{df}{dx} = \cos(3x)")


def test_the_first_step_that_fails_is_marked_and_repaired():
    proof = marked(check(page(*SINE, r"\frac{df}{dx} = 2 \cos(3x)")))
    assert proof.verdict is Verdict.WRONG
    assert (proof.first_wrong.step, proof.first_wrong.line) == (0, 3)
    assert proof.first_wrong.suggestions


def test_a_page_that_holds_has_nothing_marked():
    proof = marked(check(page("y = a x", "y = x a")))
    assert (proof.verdict, proof.first_wrong) == (Verdict.CORRECT, None)


def test_what_no_small_correction_explains_is_not_called_wrong():
    checked = check(page(r"f = \sin(3x)", r"\frac{df}{dx} = \log(x^5 + 7) \tanh(x)^9 - 11"))
    unsure = replace(checked, steps=tuple(replace(step, confidence="likely") for step in checked.steps))
    proof = marked(unsure)
    assert proof.steps[0].verdict is StepVerdict.UNDECIDED
    assert "no small correction makes them equal" in proof.steps[0].reason
    assert proof.steps[0].question


def test_the_right_answer_is_given_where_the_chain_led_to_a_wrong_one():
    assert marked(check(page(*SINE))).final_answer.correct


@pytest.mark.parametrize(
    ("formula", "slip"),
    [
        (r"\log(a + b) = \log a + \log b", "applied term by term"),
        (r"\sqrt{a^2 + b^2} = a + b", "applied term by term"),
        (r"\det(A + B) = \det A + \det B", "applied term by term"),
        ("(f g)' = f' g'", "product of derivatives"),
        ("(f/g)' = f'/g'", "second term of the quotient rule missing"),
    ],
)
def test_a_rule_applied_wrongly_is_evidence_where_no_small_change_is_a_repair(formula, slip):
    proof = proofread(f"$${formula}$$")
    assert proof.verdict is Verdict.WRONG
    assert proof.first_wrong.suggestions[0].slip == slip


def test_where_far_more_fails_than_holds_the_page_was_misread():
    formulas = [f"y_{n} = a x" for n in range(1, 6)]
    wrong = [f"y_{n} = b x" for n in range(1, 6)]
    proof = marked(check(page(*formulas, *wrong)))
    assert proof.verdict is not Verdict.WRONG
