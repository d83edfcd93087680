"""The options of `pminusy fit` for data beyond memory."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pminusy.cli.option_groups import option
from pminusy.runs.options import BeyondMemory

_OPTIONS = {
    "stream": (
        Annotated[
            bool,
            typer.Option(
                "--stream",
                help="Read in pieces of rows, and fit to them from the disk, whatever their size. [default: where the "
                "data would take more than --memory]",
            ),
        ],
        False,
    ),
    "memory": (
        Annotated[
            str | None,
            typer.Option(
                "--memory",
                metavar="SIZE",
                help="Memory that the data may take, such as '4 GB'. [default: half of the machine's]",
            ),
        ],
        None,
    ),
    "cache": (
        Annotated[
            Path | None,
            typer.Option(
                "--cache",
                metavar="FOLDER",
                help="Stream, and keep the encoded rows here for later fits to the same rows.",
                show_default=False,
            ),
        ],
        None,
    ),
    "dask": (
        Annotated[
            str | None,
            typer.Option(
                "--dask",
                metavar="ADDRESS",
                help="Stream, and fit on a Dask cluster: tcp://HOST:PORT of its scheduler, or local for worker "
                "processes on this machine.",
                show_default=False,
            ),
        ],
        None,
    ),
}

BEYOND_PARAMETERS = tuple(option(name, *how) for name, how in _OPTIONS.items())
"""These options for Typer."""


def beyond_options(given: dict[str, Any]) -> BeyondMemory:
    """Take these options out of those that were given.

    Raises
    ------
    InputError
        One is out of its range.

    Examples
    --------
    >>> given = {"memory": "4 GB", "C": 0.5}
    >>> beyond_options(given), given
    (BeyondMemory(stream=False, memory='4 GB', cache=None, dask=None), {'C': 0.5})
    """
    return BeyondMemory(**{name: given.pop(name, default) for name, (_, default) in _OPTIONS.items()})
