"""A page written where the user asked for it."""

from pathlib import Path

import typer

from pminusy.errors import DataError
from pminusy.files import check_place, replacing


def write_page(path: Path, page: str) -> None:
    """Write a page whole, or leave what is there as it is, and say where it is.

    Parameters
    ----------
    path : Path
    page : str

    Raises
    ------
    DataError
        The path is a directory or in none, or the file cannot be written.

    Examples
    --------
    >>> write_page(Path("proof.html"), render_html(proof))   # doctest: +SKIP
    """
    check_place(path)
    try:
        with replacing(path) as new:
            new.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error
    typer.echo(f"Wrote {path}", err=True)
