"""Findings as commands that GitHub's workflows show as annotations beside the lines of a change."""

from pminusy.report.proof.checked import Checked
from pminusy.report.proof.findings import Finding, Level, Place

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def annotations(page: Checked) -> list[str]:
    """Write one command for each finding.

    Parameters
    ----------
    page : Checked

    Returns
    -------
    list of str
        Lines for standard output; what comes from the page is escaped, so that it can neither end a command nor
        begin another.

    Examples
    --------
    >>> from pminusy.report.proof.findings import WRONG
    >>> annotations(Checked("notes.md", None, 0, (Finding(WRONG, "50% off", Place(3)),)))
    ['::error file=notes.md,line=3,title=A step is wrong::50%25 off']
    """
    return [_command(page.file, finding) for finding in page.findings]


def _command(file: str, finding: Finding) -> str:
    properties = {"file": file, **_where(finding.place), "title": finding.rule.title}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.rule.level]} {given}::{_data(finding.message)}"


def _where(place: Place | None) -> dict[str, int]:
    """The line, and the columns where both are on it: GitHub takes them only for a single line."""
    if place is None:
        return {}
    if place.column is None or place.end_column is None or place.end_line != place.line:
        return {"line": place.line}
    return {"line": place.line, "col": place.column, "endColumn": place.end_column - 1}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
