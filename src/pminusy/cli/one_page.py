"""A derivation proofread by itself, and shown in full."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pminusy.proofread.proof import Proof, Reason
    from pminusy.report.proof.checked import Outcome


@dataclass(frozen=True)
class Asked:
    """What is asked of one page.

    Attributes
    ----------
    define, assume : tuple of str
    readings : mapping of str to str
        As for `pminusy.proofread`.
    why : str or None
        "all", or the line of the steps to be explained.
    json : bool
        Print JSON instead of text.
    html : Path or None
        Where a page is written.
    """

    define: tuple[str, ...]
    assume: tuple[str, ...]
    readings: Mapping[str, str]
    why: str | None
    json: bool
    html: Path | None


def show_page(file: str, asked: Asked) -> Outcome:
    """Proofread a page and print it line by line.

    Parameters
    ----------
    file : str
        Its name, or "-" for standard input.
    asked : Asked

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        The file cannot be read, or something that is asked does not fit the page.

    Examples
    --------
    >>> show_page("notes.md", Asked((), (), {}, "all", False, None))   # doctest: +SKIP
    """
    from pminusy.proofread import proofread
    from pminusy.report.proof.checked import outcome
    from pminusy.runs.text_input import read_document

    proof = proofread(read_document(file), define=asked.define, assume=asked.assume, readings=asked.readings)
    reasons = None if asked.why is None else _reasons(proof, asked.why)
    if asked.json:
        from pminusy.proofread.rendering.json import to_json

        typer.echo(json.dumps(to_json(proof, reasons), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        from pminusy.cli.console import stdout_console
        from pminusy.report.proof.text import render_text

        render_text(proof, stdout_console(), reasons)
    if asked.html is not None:
        from pminusy.cli.page_file import write_page
        from pminusy.report.proof.html import render_html

        write_page(asked.html, render_html(proof, reasons))
    return outcome(proof.verdict, len(proof.steps))


def _reasons(proof: Proof, why: str) -> dict[int, tuple[Reason, ...]]:
    """The reasons of the steps that hold: of all, or of those on one line."""
    from pminusy.cli.optional_value import ALL
    from pminusy.errors import InputError

    lines = sorted({step.line for step in proof.steps if step.holds})
    if why != ALL and (not why.isdigit() or int(why) not in lines):
        known = f"one of {', '.join(map(str, lines))}" if lines else "none, since no step holds"
        raise InputError(f"--why: expected the line of a step that holds ({known}), got {why}")
    return proof.reasons(None if why == ALL else int(why))
