"""Derivations proofread together, and their findings listed for people, editors or code hosts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from pminusy.report.proof.checked import Checked
    from pminusy.runs.proofreading import Given


class Format(StrEnum):
    """What is printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def show_pages(files: Sequence[str], given: Given, form: Format, jobs: int) -> list[Checked]:
    """Proofread pages and print what was found, and at the end how they came out together.

    Parameters
    ----------
    files : sequence of str
    given : Given
    form : Format
        Where it is meant for programs, the sentence at the end goes to standard error.
    jobs : int
        Number of processes.

    Returns
    -------
    list of Checked

    Examples
    --------
    >>> show_pages(["notes.md", "exercises.tex"], Given(), Format.GITHUB, jobs=2)   # doctest: +SKIP
    """
    from pminusy.report.proof.listing import closing
    from pminusy.runs.proofreading import check_pages

    found = check_pages(files, given, jobs)
    if form in (Format.TEXT, Format.GITHUB):
        pages = _as_they_come(found, form)
    else:
        pages = list(found)
        typer.echo(json.dumps(_whole(form)(pages), ensure_ascii=False, indent=2, allow_nan=False))
    typer.echo(closing(pages), err=form in (Format.JSON, Format.SARIF))
    return pages


def _as_they_come(found: Iterable[Checked], form: Format) -> list[Checked]:
    """Print the findings of each page as soon as they are there."""
    if form is Format.GITHUB:
        from pminusy.report.proof.github import annotations as lines
    else:
        from pminusy.report.proof.listing import lines

    pages = []
    for page in found:
        pages.append(page)
        for line in lines(page):
            typer.echo(line)
    return pages


def _whole(form: Format) -> Callable[[Sequence[Checked]], dict[str, Any]]:
    if form is Format.SARIF:
        from pminusy.report.proof.sarif import to_sarif

        return to_sarif
    from pminusy.report.proof.many import to_json

    return to_json
