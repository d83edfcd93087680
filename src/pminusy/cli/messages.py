"""Notes and errors on stderr, in lines as long as the terminal is wide."""

import shutil
from textwrap import fill

import typer

_INDENT = "  "


def complain(message: str, *more: str) -> None:
    """Print an error, and what else there is to say in lines of its own."""
    _print("error:", message, "red")
    for line in more:
        typer.echo(line, err=True)


def note(message: str) -> None:
    """Print what a person should know although all went well."""
    _print("note:", message)


def _print(label: str, message: str, colour: str | None = None) -> None:
    width = shutil.get_terminal_size().columns
    # What can be copied stays whole: paths and options.
    text = fill(
        " ".join([label, *message.split()]),
        width,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    typer.secho(label, fg=colour, bold=colour is not None, nl=False, err=True)
    typer.echo(text.removeprefix(label), err=True)
