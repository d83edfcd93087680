"""Where a value stands in its file, for the messages that complain of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from pminusy.errors import DataError

Place: TypeAlias = Callable[[int], str]
"""Tells where a row of a table, counted from 0, is in its file."""


class RowError(DataError):
    """A value of one row cannot be used.

    Those who find it know the row's number alone; those who read the file can tell its line by `told`.

    Parameters
    ----------
    before, after : str
        The message around the place.
    row : int
        Counted from 0.
    column : str, optional
        Where it is a matter of how the column is written.
    """

    def __init__(self, before: str, row: int, after: str = "", column: str | None = None) -> None:
        super().__init__(before, row, after, column)
        self.before, self.row, self.after, self.column = before, row, after, column

    def __str__(self) -> str:
        return self.told(row_number(self.row))

    def told(self, place: str) -> str:
        """The message with another name for the place."""
        return f"{self.before} {place}{self.after}"

    def advised(self, advice: str) -> "RowError":
        """The same with more behind the place."""
        return RowError(self.before, self.row, self.after + advice, self.column)

    def moved(self, row: int) -> "RowError":
        """The same of another row: that of a table of which only some rows were looked at."""
        return RowError(self.before, row, self.after, self.column)


def row_number(row: int) -> str:
    """Name a row of a file that has no lines.

    Examples
    --------
    >>> row_number(0)
    'in row 1 (counted from 1)'
    """
    return f"in row {row + 1:,} (counted from 1)"


@contextmanager
def in_rows(rows: Callable[[int], int]) -> Iterator[None]:
    """Where a row of some is complained of, say which of all that is.

    Examples
    --------
    >>> with in_rows(lambda row: row + 100):   # doctest: +SKIP
    ...     to_numbers(column[100:])
    """
    try:
        yield
    except RowError as error:
        raise error.moved(rows(error.row)) from error
