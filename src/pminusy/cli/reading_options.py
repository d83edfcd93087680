"""The options of `pminusy fit` and `pminusy predict` that say how a data file is written."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pminusy.cli.arguments import parse_columns
from pminusy.cli.option_groups import option

if TYPE_CHECKING:
    from pminusy.datasets import Reading

_OPTIONS = {
    "missing": (
        Annotated[
            str | None,
            typer.Option(
                "--missing",
                metavar="MARKER,…",
                help="Cells that stand for a missing value, in place of NA, n/a, NaN, null, ? and the like. An empty "
                "cell is missing in any case.",
                show_default=False,
            ),
        ],
        None,
    ),
    "decimal": (
        Annotated[
            str | None,
            typer.Option("--decimal", metavar="MARK", help="Decimal mark: . or ,  [default: found out]"),
        ],
        None,
    ),
    "encoding": (
        Annotated[
            str | None,
            typer.Option(
                "--encoding",
                metavar="NAME",
                help="Encoding of a text file, such as cp1252. [default: found out]",
            ),
        ],
        None,
    ),
    "separator": (
        Annotated[
            str | None,
            typer.Option(
                "--separator",
                metavar="CHARACTER",
                help="Field separator of a text file; tab and space are words, too. [default: found out]",
            ),
        ],
        None,
    ),
    "sheet": (
        Annotated[
            str | None,
            typer.Option(
                "--sheet", metavar="NAME", help="Sheet of a workbook. [default: the first visible one]"
            ),
        ],
        None,
    ),
    "skip_rows": (
        Annotated[
            int | None,
            typer.Option(
                "--skip-rows",
                metavar="N",
                min=0,
                help="Lines of a text file, or rows of a sheet, above the header that are no part of the table.",
                show_default=False,
            ),
        ],
        None,
    ),
    "no_header": (
        Annotated[
            bool,
            typer.Option(
                "--no-header", help="The first row holds data; the columns are column_1, column_2, …."
            ),
        ],
        False,
    ),
}
_SEPARATORS = {"tab": "\t", "\\t": "\t", "space": " "}


READING_PARAMETERS = tuple(option(name, *how) for name, how in _OPTIONS.items())
"""These options for Typer."""


def reading_options(given: dict[str, Any]) -> Callable[[], "Reading"]:
    """Take these options out of those that were given; what is returned makes a `Reading` of them.

    That comes later, because it takes a second to import what reads data.

    Examples
    --------
    >>> given = {"missing": "-,none", "separator": "tab", "C": 0.5}
    >>> reading_options(given)().missing, given
    (('-', 'none'), {'C': 0.5})
    """
    own = {name: given.pop(name, default) for name, (_, default) in _OPTIONS.items()}
    missing, separator = own["missing"], own["separator"]
    markers = None if missing is None else tuple(filter(None, map(str.strip, parse_columns([missing]))))

    def make() -> "Reading":
        from pminusy.datasets import Reading

        return Reading(
            missing=markers,
            decimal=own["decimal"],
            encoding=own["encoding"],
            separator=_SEPARATORS.get(separator, separator),
            header=not own["no_header"],
            sheet=own["sheet"],
            skip_rows=own["skip_rows"],
        )

    return make
