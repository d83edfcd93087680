"""A derivation as JSON."""

from __future__ import annotations

from typing import Any

from pminusy.proofread.deriving.derivation import Derivation, Part


def to_json(derivation: Derivation) -> dict[str, Any]:
    """What was derived, as plain values that `json.dumps` takes.

    Parameters
    ----------
    derivation : Derivation

    Returns
    -------
    dict
        `result`, `finished`, `stopped`, `verdict`, `assumptions`, `definitions`, `parts` with the `lines` of each, and
        `markdown`.
    """
    return {
        "result": derivation.result,
        "finished": derivation.finished,
        "stopped": derivation.stopped,
        "verdict": str(derivation.proof.verdict),
        "assumptions": list(derivation.proof.assumptions),
        "definitions": [definition.latex for definition in derivation.definitions],
        "parts": [_part(part) for part in derivation.parts],
        "markdown": derivation.text,
    }


def _part(part: Part) -> dict[str, Any]:
    lines = [{"latex": line.latex, "rule": line.rule, "sentence": line.sentence} for line in part.lines]
    return {"left": part.left, "lines": lines}
