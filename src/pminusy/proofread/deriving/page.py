"""A derivation written as Markdown that the proofreader reads."""

from __future__ import annotations

from collections.abc import Sequence

from pminusy.proofread.deriving.derivation import Part


def as_page(given: str, parts: Sequence[Part], stopped: str | None) -> str:
    """The definitions, then each derivative as a display with the rule beside every line."""
    pieces = [given]
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if len(parts) > 1:
            pieces.append("With these:" if last and number else "First:" if number == 0 else "Next:")
        pieces.append(_display(part))
    if stopped is not None:
        pieces.append(f"Not finished: {stopped}.")
    return "\n\n".join(pieces) + "\n"


def _display(part: Part) -> str:
    rows = []
    for number, line in enumerate(part.lines):
        left = f"{part.left} " if number == 0 else ""
        rows.append(rf"{left}&= {line.latex} && \text{{{line.rule}}}")
    return "\n".join(["$$", r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}", "$$"])
