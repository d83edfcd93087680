"""What is said of a derivation."""

from pminusy.proofread.deriving.derivation import Derivation
from pminusy.proofread.proof import Verdict

_CHECKED = {
    Verdict.CORRECT: "Every line was evaluated and equals the one before it.",
    Verdict.CORRECT_IF: "Every line was evaluated and equals the one before it, if {}.",
}


def headline(derivation: Derivation) -> str:
    """What was derived, as LaTeX between dollar signs, or that it was not."""
    left = derivation.parts[-1].left
    if derivation.finished:
        return f"${left} = {derivation.result}$"
    return "Not finished"


def checked(derivation: Derivation) -> str:
    """How the lines fared when they were evaluated."""
    proof = derivation.proof
    if proof.verdict in _CHECKED:
        return _CHECKED[proof.verdict].format(" and ".join(proof.assumptions))
    holds = sum(step.holds for step in proof.steps)
    return f"{holds} of {len(proof.steps)} lines were evaluated and equal the one before them."


def stopped(derivation: Derivation) -> str:
    """Where it stopped; "" where it is finished."""
    return "" if derivation.finished else f"It stops here: {derivation.stopped}."
