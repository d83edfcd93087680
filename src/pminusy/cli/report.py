"""`pminusy report`."""

from pathlib import Path
from typing import Annotated

import typer


def report(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Model directory written by fit.", show_default=False)
    ],
) -> None:
    """Print a model's full report and the path of its HTML version."""
    from pminusy.cli.console import stdout_console
    from pminusy.report.text import render_text
    from pminusy.runs.page import ensure_page
    from pminusy.runs.saved import read_report

    console = stdout_console()
    saved = read_report(directory)
    render_text(saved, console, full=True)
    console.print()
    console.print(f"HTML report with charts: {ensure_page(directory, saved)}", soft_wrap=True)
