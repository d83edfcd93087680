"""Pages that were checked, each with its findings, and how they came out together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pminusy.proofread.proof import Verdict
from pminusy.report.proof.findings import Finding


class Outcome(StrEnum):
    """How a page came out; the worst first."""

    UNREADABLE = "unreadable"
    WRONG = "wrong"
    UNDECIDED = "undecided"
    CORRECT_IF = "correct_if"
    CORRECT = "correct"
    NOTHING = "nothing_to_check"


@dataclass(frozen=True)
class Checked:
    """A page that was checked.

    Attributes
    ----------
    file : str
        Its name, as given.
    verdict : Verdict or None
        None if the file could not be read.
    steps : int
        Number of steps that were checked.
    findings : tuple of Finding
    json : dict
        The whole result as plain values; empty if the file could not be read.
    """

    file: str
    verdict: Verdict | None
    steps: int
    findings: tuple[Finding, ...] = ()
    json: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """How it came out."""
        return outcome(self.verdict, self.steps)


def outcome(verdict: Verdict | None, steps: int) -> Outcome:
    """Tell how a page came out; one without steps is none that could not be decided.

    Examples
    --------
    >>> str(outcome(Verdict.UNDECIDED, 4)), str(outcome(Verdict.UNDECIDED, 0))
    ('undecided', 'nothing_to_check')
    """
    if verdict is None:
        return Outcome.UNREADABLE
    return Outcome(str(verdict)) if steps else Outcome.NOTHING


def tally(pages: Iterable[Checked]) -> dict[Outcome, int]:
    """Count the pages by how they came out.

    Examples
    --------
    >>> tally([Checked("a.md", Verdict.CORRECT, 3), Checked("b.md", Verdict.CORRECT, 1)])[Outcome.CORRECT]
    2
    """
    counted = Counter(page.outcome for page in pages)
    return {outcome: counted[outcome] for outcome in Outcome}
