"""What was inferred of the data, printed before anything is trained on it."""

from textwrap import fill

import numpy as np
from rich.console import Console
from rich.text import Text

from pminusy.datasets import Dataset, Role
from pminusy.report.formats import count
from pminusy.report.naming import clean

_NAMED_COLUMNS = 24
_BULLET = "  • "


def print_inferred(dataset: Dataset, console: Console) -> None:
    """Print what the data are, how each column is used, and what was left out.

    Parameters
    ----------
    dataset : Dataset
    console : rich.console.Console

    Examples
    --------
    >>> print_inferred(load("iris"), Console())   # doctest: +SKIP
    """
    n_classes = count(len(np.unique(dataset.y)), "class", "classes")
    console.print(
        Text.assemble(
            (clean(dataset.name), "bold"),
            f": {_size(dataset)}; target: {clean(dataset.target_name)}, {n_classes}",
        )
    )
    _print_roles(dataset, console)
    for note in dataset.notes:
        _print_hanging(console, _BULLET, note)
    console.print()


def _size(dataset: Dataset) -> str:
    if dataset.image_shape:
        height, width, *channels = dataset.image_shape
        return (
            f"{count(dataset.n_rows, 'colour image' if channels else 'image')} of {height} × {width} pixels"
        )
    n_columns = len(dataset.feature_names)
    of = count(n_columns, "column") if dataset.kind == "table" else count(n_columns, "feature")
    return f"{count(dataset.n_rows, 'row')} of {of}"


def _print_roles(dataset: Dataset, console: Console) -> None:
    for role in Role:
        names = [column for column, used_as in dataset.roles.items() if used_as is role]
        if names:
            _print_hanging(console, f"  {role:<8}  ", _listed(names))
    if dataset.roles:
        _print_hanging(
            console, _BULLET, "override a column's role with --role COLUMN=numeric, category, date or text"
        )


def _listed(names: list[str]) -> str:
    listed = ", ".join(clean(name) for name in names[:_NAMED_COLUMNS])
    more = len(names) - _NAMED_COLUMNS
    return f"{listed} and {more:,} more" if more > 0 else listed


def _print_hanging(console: Console, mark: str, text: str) -> None:
    lines = fill(
        text, console.width, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False
    )
    printed = Text(lines)
    printed.stylize("dim", 0, len(mark))
    console.print(printed)
