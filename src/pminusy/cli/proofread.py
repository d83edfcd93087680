"""`pminusy proofread`."""

from __future__ import annotations

import json as json_format
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pminusy.proofread.proof import Proof, Reason

ALL_HOLDS, A_STEP_FAILS, NOT_DECIDED = 0, 1, 3


def proofread(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A derivation as Markdown, LaTeX, HTML, plain text or a Jupyter notebook; - for standard input.",
            show_default=False,
        ),
    ],
    define: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMULA",
            help="A definition missing from the text, such as 'p_j = …'; repeatable.",
            show_default=False,
        ),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="An assumption to make, such as 'sum(y)=1'; repeatable.",
            show_default=False,
        ),
    ] = None,
    reading: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CHOICE=OPTION",
            help="How to read what the notation leaves open, such as 'f(...)=a product'; repeatable.",
            show_default=False,
        ),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(
            "--why",
            metavar="[LINE]",
            help="Say by which rules the steps follow, with the lines left out; of all that hold, or of one line.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT", help="Also write an HTML page with typeset formulas.", show_default=False
        ),
    ] = None,
) -> None:
    """Find the first wrong step of a derivation and suggest a correction.

    Exit codes: 0 if every step holds, 1 if a step is wrong, 3 if something could not be decided, 2 for invalid
    input.
    """
    from pminusy.cli.text_input import read_document
    from pminusy.proofread import proofread as check
    from pminusy.proofread.proof import Verdict

    proof = check(
        read_document(file),
        define=tuple(define or ()),
        assume=tuple(assume or ()),
        readings=_readings(reading or ()),
    )
    reasons = None if why is None else _reasons(proof, why)
    if json:
        from pminusy.proofread.rendering.json import to_json

        typer.echo(json_format.dumps(to_json(proof, reasons), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        from pminusy.cli.console import stdout_console
        from pminusy.report.proof.text import render_text

        render_text(proof, stdout_console(), reasons)
    if html is not None:
        from pminusy.cli.page_file import write_page
        from pminusy.report.proof.html import render_html

        write_page(html, render_html(proof, reasons))
    raise typer.Exit(
        {Verdict.WRONG: A_STEP_FAILS, Verdict.UNDECIDED: NOT_DECIDED}.get(proof.verdict, ALL_HOLDS)
    )


def _readings(given: Sequence[str]) -> dict[str, str]:
    """Choices and options, which no choice contains an equals sign of."""
    from pminusy.errors import InputError

    if lacking := [each for each in given if "=" not in each]:
        raise InputError(
            f"--reading: expected a choice and an option, such as 'f(...)=a product', got {lacking[0]!r}"
        )
    pairs = (each.partition("=") for each in given)
    return {key.strip(): option.strip() for key, _, option in pairs}


def _reasons(proof: Proof, why: str) -> dict[int, tuple[Reason, ...]]:
    """The reasons of the steps that hold: of all, or of those on one line."""
    from pminusy.cli.optional_value import ALL
    from pminusy.errors import InputError

    lines = sorted({step.line for step in proof.steps if step.holds})
    if why != ALL and (not why.isdigit() or int(why) not in lines):
        known = f"one of {', '.join(map(str, lines))}" if lines else "none, since no step holds"
        raise InputError(f"--why: expected the line of a step that holds ({known}), got {why}")
    return proof.reasons(None if why == ALL else int(why))
