"""A proof as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pminusy.proofread.proof import Choice, FinalAnswer, FirstWrong, Proof, Reason, Step, Suggestion, Witness


def to_json(proof: Proof, reasons: Mapping[int, tuple[Reason, ...]] | None = None) -> dict[str, Any]:
    """What was found, as plain values that `json.dumps` takes.

    Parameters
    ----------
    proof : Proof
    reasons : mapping of int to tuple of Reason, optional
        Why steps follow, by their numbers, as `Proof.reasons` returns them; `why` is null for all others.

    Returns
    -------
    dict
        `verdict`, `assumptions`, `definitions`, `steps`, `first_wrong`, `final_answer`, `notes`, `choices`. Lines
        count from 1; `start` and `end` are offsets in the line.
    """
    return {
        "verdict": str(proof.verdict),
        "assumptions": list(proof.assumptions),
        "definitions": [{"line": d.line, "latex": d.latex} for d in proof.definitions],
        "steps": [_step(step, (reasons or {}).get(number)) for number, step in enumerate(proof.steps)],
        "first_wrong": None if proof.first_wrong is None else _first_wrong(proof.first_wrong, proof.text),
        "final_answer": None if proof.final_answer is None else _final_answer(proof.final_answer),
        "notes": list(proof.notes),
        "choices": [_choice(choice) for choice in proof.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {"key": choice.key, "options": list(choice.options), "chosen": choice.chosen}


def _step(step: Step, reasons: tuple[Reason, ...] | None) -> dict[str, Any]:
    return {
        "line": step.line,
        "lhs": step.lhs,
        "rhs": step.rhs,
        "verdict": str(step.verdict),
        "assumption": step.assumption,
        "inherited": step.inherited,
        "residual": step.residual,
        "witness": None if step.witness is None else _witness(step.witness),
        "reason": step.reason,
        "question": step.question,
        "confidence": step.confidence,
        "rests_on": list(step.rests_on),
        "choices": list(step.choices),
        "warnings": list(step.warnings),
        "why": None if reasons is None else [_reason(reason) for reason in reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"rule": reason.rule, "sentence": reason.sentence, "latex": reason.latex}


def _witness(witness: Witness) -> dict[str, Any]:
    return {
        "left": witness.left,
        "right": witness.right,
        "indices": witness.indices,
        "values": witness.values,
    }


def _first_wrong(wrong: FirstWrong, text: str) -> dict[str, Any]:
    place = {"line": wrong.line, "start": wrong.start, "end": wrong.end}
    if not wrong.suggestions:
        found = text.splitlines()[wrong.line - 1][wrong.start : wrong.end]
        nothing = dict.fromkeys(("repair", "repaired", "slip", "explanation", "link", "assumption"))
        return {**place, "found": found, **nothing, "alternatives": []}
    first, *others = wrong.suggestions
    return {**place, **_suggestion(first), "alternatives": [_suggestion(other) for other in others]}


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "start": suggestion.start,
        "end": suggestion.end,
        "found": suggestion.found,
        "repair": suggestion.repair,
        "repaired": suggestion.repaired,
        "slip": suggestion.slip,
        "explanation": suggestion.explanation,
        "link": suggestion.link,
        "assumption": suggestion.assumption,
    }


def _final_answer(answer: FinalAnswer) -> dict[str, Any]:
    return {
        "latex": answer.latex,
        "right": answer.right,
        "right_if": answer.right_if,
        "correct": answer.correct,
        "correct_if": answer.correct_if,
        "simpler": answer.simpler,
        "simpler_if": answer.simpler_if,
    }
