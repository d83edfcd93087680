"""The first wrong step marked in a proof, with its repairs and the right answer."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.proof import FinalAnswer, Proof, StepVerdict
from pminusy.proofread.repair.answer import with_right_answer
from pminusy.proofread.repair.problem import Problem, first_wrong
from pminusy.proofread.repair.search import suggest


def marked(proof: Proof, problem: Problem) -> Proof:
    """The proof with its first wrong step, what would repair it, and the right answer where the given one is wrong."""
    marked_proof = first_wrong(proof, problem)
    place = marked_proof.first_wrong
    line, suggestions = suggest(problem)
    if place is None or not suggestions:
        return marked_proof
    best, *others = suggestions
    answer = proof.final_answer
    if answer is not None and _led_to(answer, proof, problem):
        answer, best = with_right_answer(answer, problem, best)
    place = replace(place, line=line, start=best.start, end=best.end, suggestions=(best, *others))
    return replace(marked_proof, first_wrong=place, final_answer=answer)


def _led_to(answer: FinalAnswer, proof: Proof, problem: Problem) -> bool:
    """Whether the chain that the wrong step stands in led to the wrong answer."""
    own = proof.steps[-1].chain == problem.step.chain
    earlier = all(s.verdict is not StepVerdict.FAILS for s in proof.steps if s.chain < problem.step.chain)
    return answer.right is False and own and earlier
