"""Where things are in the text of a derivation."""

from dataclasses import dataclass

from pminusy.proofread.proof import FirstWrong, Proof, Step


@dataclass(frozen=True)
class Marked:
    """A piece of the text with a part of it to be marked, each without line breaks.

    Attributes
    ----------
    before, found, after : str
    """

    before: str
    found: str
    after: str


def right_side(proof: Proof, step: Step, found: tuple[int, int] | None) -> Marked:
    """Return the right side of a step as it stands in the text.

    Parameters
    ----------
    proof : Proof
    step : Step
    found : (int, int) or None
        Characters of the text that are to be marked; outside the right side, nothing is.

    Returns
    -------
    Marked
    """
    start, end = step.span.start, step.span.end
    if found is None or not start <= found[0] <= found[1] <= end:
        return Marked(_one_line(step.rhs).strip(), "", "")
    pieces = (proof.text[start : found[0]], proof.text[found[0] : found[1]], proof.text[found[1] : end])
    before, middle, after = map(_one_line, pieces)
    return Marked(before.lstrip(), middle, after.rstrip())


def place_in_text(proof: Proof, wrong: FirstWrong) -> tuple[int, int]:
    """Return the characters of the text that the wrong term takes."""
    offset = sum(len(line) + 1 for line in proof.text.split("\n")[: wrong.line - 1])
    return offset + wrong.start, offset + wrong.end


def _one_line(text: str) -> str:
    """The text with every run of blanks as one space; those at the ends are kept."""
    joined = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{joined}{' ' * text[-1:].isspace()}" if joined else " " * bool(text)
