"""Pages that were checked as a log in SARIF 2.1.0, which code hosts show beside the lines of a change."""

import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pminusy.report.proof.checked import Checked, Outcome
from pminusy.report.proof.findings import RULES, UNREADABLE, Finding, Place, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def to_sarif(pages: Sequence[Checked]) -> dict[str, Any]:
    """Return the log as plain values that `json.dumps` takes.

    Parameters
    ----------
    pages : sequence of Checked

    Returns
    -------
    dict
        One run. Files that could not be read are notifications of the tool and make the run unsuccessful.

    Examples
    --------
    >>> log = to_sarif([])
    >>> log["version"], [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    ('2.1.0', ['wrong-step', 'undecided-step', 'conditional-step'])
    """
    rules = [rule for rule in RULES if rule != UNREADABLE]
    found = [(page, finding) for page in pages for finding in page.findings]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(rules)},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(pages)],
                "artifacts": [{"location": _location(page.file)} for page in pages],
                "results": [
                    _result(page.file, finding, rules)
                    for page, finding in found
                    if finding.rule != UNREADABLE
                ],
            }
        ],
    }


def _driver(rules: Sequence[Rule]) -> dict[str, Any]:
    return {
        "name": "pminusy proofread",
        "version": version("pminusy"),
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": f"{rule.title}."},
                "help": {"text": rule.help},
                "defaultConfiguration": {"level": str(rule.level)},
            }
            for rule in rules
        ],
        "notifications": [{"id": UNREADABLE.id, "shortDescription": {"text": f"{UNREADABLE.title}."}}],
    }


def _invocation(pages: Sequence[Checked]) -> dict[str, Any]:
    unreadable = [page for page in pages if page.outcome is Outcome.UNREADABLE]
    return {
        "executionSuccessful": not unreadable,
        "toolExecutionNotifications": [
            {
                "descriptor": {"id": UNREADABLE.id, "index": 0},
                "level": str(UNREADABLE.level),
                "message": {"text": finding.message},
                "locations": [{"physicalLocation": {"artifactLocation": _location(page.file)}}],
            }
            for page in unreadable
            for finding in page.findings
        ],
    }


def _result(file: str, finding: Finding, rules: Sequence[Rule]) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": _location(file)}
    if finding.place is not None:
        where["region"] = _region(finding.place)
    result = {
        "ruleId": finding.rule.id,
        "ruleIndex": rules.index(finding.rule),
        "level": str(finding.rule.level),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": where}],
    }
    if finding.place is not None and finding.repair is not None:
        result["fixes"] = [_fix(file, finding.place, finding.repair)]
    return result


def _fix(file: str, place: Place, repair: str) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(place), "insertedContent": {"text": repair}}
    return {
        "description": {"text": f"Write {repair} instead."},
        "artifactChanges": [{"artifactLocation": _location(file), "replacements": [replacement]}],
    }


def _region(place: Place) -> dict[str, int]:
    numbers = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {name: number for name, number in numbers.items() if number is not None}


def _location(file: str) -> dict[str, str]:
    """A file below the working folder relative to that, where hosts expect the repository; else by its whole path."""
    path = Path(os.path.abspath(file))  # without following links, which would leave the repository
    try:
        return {"uri": quote(path.relative_to(Path.cwd()).as_posix()), "uriBaseId": "%SRCROOT%"}
    except ValueError:
        return {"uri": path.as_uri()}
