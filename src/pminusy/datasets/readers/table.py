"""What the readers of tables hand over."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import polars as pl

from pminusy.datasets.places import Place, row_number
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
    place : callable
        Where a row is in the file: a line of text, or a row of a sheet.
    header_hint : str
        What to do where the header seems to be further down, to be put behind a message; empty where it does not.
    """

    frame: pl.DataFrame
    notes: tuple[str, ...] = ()
    decimal: str | None = None
    place: Place = row_number
    header_hint: str = ""


def column_names(header: Sequence[str], where: str) -> list[str]:
    """Strip the names of columns, give one to those without, and refuse names that occur twice.

    A first column without a name is called as pandas calls it: where it is a saved index, that shows it.

    Examples
    --------
    >>> column_names(["", " a", ""], "t.csv")
    ['Unnamed: 0', 'a', 'column_3']
    """
    stripped = [name.strip() for name in header]
    first = next(name for name in _first_names() if name not in stripped)
    names = [name or (f"column_{i + 1}" if i else first) for i, name in enumerate(stripped)]
    repeated = [name for name, n_times in Counter(names).items() if n_times > 1]
    if repeated:
        listed = ", ".join(repr(name) for name in repeated)
        raise DataError(f"{where}: expected different names of columns, got a duplicate of {listed}")
    return names


def _first_names() -> Iterator[str]:
    """Unnamed: 0, Unnamed: 0.1, …: a table that was saved with its index twice has the first one already."""
    yield "Unnamed: 0"
    yield from (f"Unnamed: 0.{place}" for place in count(1))


def numbered_names(n_columns: int) -> list[str]:
    """column_1, column_2, …, for a table without a header."""
    return [f"column_{i + 1}" for i in range(n_columns)]
