"""`pminusy docs`."""

from typing import Annotated

import typer


def docs(
    page: Annotated[
        str | None,
        typer.Argument(
            metavar="PAGE",
            help="Page to print, as listed without it; or a section to list, such as derivations.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List the pages of the documentation, or print one: the derivations, command line and proofreading."""
    from pminusy.cli.console import stdout_console
    from pminusy.runs import manual

    if page is not None and not manual.is_section(page):
        typer.echo(manual.page(page).rstrip("\n"))
        return
    titles = manual.pages(page)
    width = max(map(len, titles))
    for name, title in titles.items():
        stdout_console().print(f"{name:{width}}  {title}")
