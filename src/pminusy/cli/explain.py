"""`pminusy explain`."""

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from pminusy.cli.arguments import parse_numbers


def explain(
    logits: Annotated[
        str,
        typer.Option(
            metavar="Z,…", help="Logits of one example; use -inf to rule a class out.", show_default=False
        ),
    ],
    target: Annotated[
        int | None, typer.Option(metavar="CLASS", help="Index of the true class, from 0.", show_default=False)
    ] = None,
    targets: Annotated[
        str | None,
        typer.Option(
            metavar="Y,…", help="Target mass of each class, instead of --target; any sum.", show_default=False
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Also write an HTML page with typeset formulas.", show_default=False
        ),
    ] = None,
) -> None:
    """Work through the loss and gradient of one example, step by step."""
    from pminusy.report.explanation.build import explain as work_out

    masses = None if targets is None else parse_numbers(targets, "targets")
    worked = work_out(parse_numbers(logits, "logits"), target=target, targets=masses)
    if json:
        from pminusy.report.explanation.json import to_json

        typer.echo(json_format.dumps(to_json(worked), indent=2, allow_nan=False))
    else:
        from pminusy.cli.console import stdout_console
        from pminusy.report.explanation.text import render_text

        render_text(worked, stdout_console())
    if html is not None:
        from pminusy.cli.page_file import write_page
        from pminusy.report.explanation.html import render_html

        write_page(html, render_html(worked))
