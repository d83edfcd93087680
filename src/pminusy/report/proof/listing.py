"""Findings in many pages as lines of text, as compilers print them, and the sentence at the end."""

from collections.abc import Mapping, Sequence

from pminusy.report.formats import count
from pminusy.report.proof.checked import Checked, Outcome, tally
from pminusy.report.proof.findings import Finding

_SAID = {
    Outcome.UNREADABLE: "cannot be checked",
    Outcome.WRONG: "wrong",
    Outcome.UNDECIDED: "not decided",
    Outcome.CORRECT_IF: "right under an assumption",
    Outcome.CORRECT: "right",
    Outcome.NOTHING: "without a step to check",
}


def lines(page: Checked) -> list[str]:
    """Write one line for each finding.

    Parameters
    ----------
    page : Checked

    Returns
    -------
    list of str
        The file, its line and column where they are known, the level, the message, and the name of the rule.

    Examples
    --------
    >>> from pminusy.report.proof.findings import WRONG, Place
    >>> lines(Checked("notes.md", None, 0, (Finding(WRONG, "p_k should be p_i", Place(3, 8, 3, 11)),)))
    ['notes.md:3:8: error: p_k should be p_i [wrong-step]']
    """
    return [
        f"{_where(page.file, finding)}: {finding.rule.level}: {finding.message} [{finding.rule.id}]"
        for finding in page.findings
    ]


def _where(file: str, finding: Finding) -> str:
    place = finding.place
    if place is None:
        return file
    return f"{file}:{place.line}" if place.column is None else f"{file}:{place.line}:{place.column}"


def closing(pages: Sequence[Checked]) -> str:
    """Say how many pages came out how.

    Examples
    --------
    >>> from pminusy.proofread.proof import Verdict
    >>> closing([Checked("a.md", Verdict.WRONG, 3), Checked("b.md", Verdict.CORRECT, 1)])
    '2 pages, 4 steps: 1 wrong, 1 right'
    """
    steps = count(sum(page.steps for page in pages), "step")
    return f"{count(len(pages), 'page')}, {steps}: {_parts(tally(pages))}"


def _parts(counted: Mapping[Outcome, int]) -> str:
    return ", ".join(f"{count(number)} {_SAID[outcome]}" for outcome, number in counted.items() if number)
