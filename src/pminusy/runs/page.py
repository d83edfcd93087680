"""The report's page, made again where it is missing."""

from pathlib import Path

from pminusy.errors import ModelDirectoryError
from pminusy.files import replacing
from pminusy.report.html import render_html
from pminusy.report.model import Report
from pminusy.runs.directory import PAGE


def ensure_page(directory: Path, report: Report) -> Path:
    """Say where the report's page lies, after writing it if it is not there.

    Parameters
    ----------
    directory : Path
        A model directory.
    report : Report
        The one in it.

    Returns
    -------
    Path

    Raises
    ------
    ModelDirectoryError
        It is missing and cannot be written.

    Examples
    --------
    >>> ensure_page(directory, read_report(directory)).name   # doctest: +SKIP
    'report.html'
    """
    page = directory / PAGE
    if page.exists():
        return page
    try:
        with replacing(page) as new:
            new.write_text(render_html(report), encoding="utf-8", newline="\n")
    except OSError as error:
        raise ModelDirectoryError(f"{page}: cannot be written: {error.strerror or error}") from error
    return page
