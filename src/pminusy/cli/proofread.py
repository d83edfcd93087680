"""`pminusy proofread`."""

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

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

    proof = check(read_document(file), define=tuple(define or ()), assume=tuple(assume or ()))
    if json:
        from pminusy.proofread.rendering.json import to_json

        typer.echo(json_format.dumps(to_json(proof), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        from pminusy.cli.console import stdout_console
        from pminusy.report.proof.text import render_text

        render_text(proof, stdout_console())
    if html is not None:
        from pminusy.cli.page_file import write_page
        from pminusy.report.proof.html import render_html

        write_page(html, render_html(proof))
    raise typer.Exit(
        {Verdict.WRONG: A_STEP_FAILS, Verdict.UNDECIDED: NOT_DECIDED}.get(proof.verdict, ALL_HOLDS)
    )
