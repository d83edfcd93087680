"""`pminusy derive`."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pminusy.proofread.deriving.derivation import Derivation

DERIVED, NOT_DERIVED = 0, 3


def derive(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="DEFINITION...",
            help="Definitions such as 'L = …', a file with them, or - for standard input.",
            show_default=False,
        ),
    ],
    by: Annotated[
        str,
        typer.Option(metavar="NAME", help="What to differentiate by, such as 'o_i'.", show_default=False),
    ],
    of: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What to differentiate; what is defined first if left out.",
            show_default=False,
        ),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="An assumption to make, such as 'sum(y)=1' or '\\sum_j y_j = 1'; repeatable.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown that `pminusy proofread` reads.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT", help="Also write an HTML page with typeset formulas.", show_default=False
        ),
    ] = None,
) -> None:
    """Derive a gradient from definitions, step by step, to its shortest closed form.

    Exit codes: 0 if it was derived, 3 if no rule led on, 2 for invalid input.
    """
    from pminusy.proofread import derive as derivation_of

    derivation = derivation_of(_definitions(given), by, of=of, assume=tuple(assume or ()))
    _print(derivation, json, markdown)
    if html is not None:
        from pminusy.cli.page_file import write_page
        from pminusy.report.derivation.html import render_html

        write_page(html, render_html(derivation))
    raise typer.Exit(DERIVED if derivation.finished else NOT_DERIVED)


def _definitions(given: list[str]) -> str | list[str]:
    """The text of the one file, or the definitions as they are."""
    from pminusy.runs.text_input import read_document

    if len(given) == 1 and "=" not in given[0]:
        return read_document(given[0])
    return given


def _print(derivation: Derivation, json: bool, markdown: bool) -> None:
    if json:
        from pminusy.proofread.rendering.derivation import to_json

        typer.echo(json_format.dumps(to_json(derivation), ensure_ascii=False, indent=2, allow_nan=False))
    elif markdown:
        typer.echo(derivation.text, nl=False)
    else:
        from pminusy.cli.console import stdout_console
        from pminusy.report.derivation.text import render_text

        render_text(derivation, stdout_console())
