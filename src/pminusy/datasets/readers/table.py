"""What the readers of tables hand over."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pminusy.errors import DataError


@dataclass(frozen=True, eq=False)
class Table:
    """A table as a file holds it, with columns of strings where the file is text.

    Attributes
    ----------
    frame : polars.DataFrame
    notes : tuple of str
        What a person should know of how it was read, a sentence each.
    decimal : {".", ","} or None
        The decimal mark that such a file is likely to use.
    """

    frame: pl.DataFrame
    notes: tuple[str, ...] = ()
    decimal: str | None = None


def column_names(header: Sequence[str], where: str) -> list[str]:
    """Strip the names of columns; name those without one, but for the first; refuse names that occur twice.

    Examples
    --------
    >>> column_names(["", " a", ""], "t.csv")
    ['', 'a', 'column_3']
    """
    stripped = [name.strip() for name in header]
    names = [name or (f"column_{i + 1}" if i else "") for i, name in enumerate(stripped)]
    repeated = (
        dict.fromkeys(name for name in names if names.count(name) > 1) if len(set(names)) < len(names) else {}
    )
    if repeated:
        listed = ", ".join(repr(name) for name in repeated)
        raise DataError(f"{where}: expected different names of columns, got a duplicate of {listed}")
    return names


def numbered_names(n_columns: int) -> list[str]:
    """column_1, column_2, …, for a table without a header."""
    return [f"column_{i + 1}" for i in range(n_columns)]
