"""Whole pages: a thread with a wrong derivation and two answers, and an article with notation of its own."""

from __future__ import annotations

from pathlib import Path

from pminusy.proofread import Proof, proofread
from pminusy.proofread.proof import StepVerdict, Verdict

PAGES = Path(__file__).with_name("pages")


def proof_of(name: str) -> Proof:
    return proofread((PAGES / name).read_text())


def test_the_wrong_line_of_a_thread_is_the_only_one() -> None:
    proof = proof_of("softmax_thread.md")
    fails = [step.line for step in proof.steps if step.verdict is StepVerdict.FAILS]
    assert proof.verdict is Verdict.WRONG
    assert fails == [20]
    assert proof.first_wrong is not None
    assert proof.first_wrong.suggestions
    assert not [step for step in proof.steps if step.verdict is StepVerdict.UNDECIDED]


def test_the_answer_of_a_thread_holds_under_its_assumption() -> None:
    proof = proof_of("softmax_thread.md")
    answer = [step for step in proof.steps if 30 <= step.line <= 34]
    assert all(step.holds for step in answer)
    assert answer[-1].assumption == "sum(y)=1"


def test_the_final_answer_is_that_to_the_question() -> None:
    answer = proof_of("softmax_thread.md").final_answer
    assert answer is not None
    assert (answer.latex, answer.right, answer.right_if) == ("p_i-y_i", True, "sum(y)=1")


def test_an_article_with_operators_abbreviations_and_dots_holds_throughout() -> None:
    proof = proof_of("softmax_article.md")
    assert proof.verdict is Verdict.CORRECT
    assert len(proof.steps) > 12


def test_a_slip_in_the_article_is_found() -> None:
    text = (PAGES / "softmax_article.md").read_text()
    slip = text.replace(r"\frac{0 - e^{a_j}e^{a_i}}{\Sigma^2}", r"\frac{0 - e^{a_j}e^{a_i}}{\Sigma}")
    proof = proofread(slip)
    assert slip != text
    assert proof.verdict is Verdict.WRONG
    assert proof.first_wrong is not None
    assert (
        proof.first_wrong.line
        == slip.splitlines().index(next(x for x in slip.splitlines() if "0 - e" in x)) + 1
    )
