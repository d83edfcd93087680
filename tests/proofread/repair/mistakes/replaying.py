"""The rule that went wrong in the last step of a page."""

from tests.proofread.repair.failing import problem

from pminusy.proofread.repair.mistakes import mistake
from pminusy.proofread.repair.style import Style


def told(*formulas: str, text: str = "") -> tuple[str, str]:
    """The name of the slip and the sentence about it; two empty ones where none is found."""
    failing = problem(*formulas, text=text)
    found = mistake(failing, Style(failing))
    return ("", "") if found is None else (found.slip.name, found.sentence)
