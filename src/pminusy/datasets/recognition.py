"""What the strings of a table are: numbers in some notation, dates, times of day, booleans, or names.

What is recognised depends on the values alone, never on the type that a file happens to give a column, so the same
rows are the same table as CSV, as Parquet or as anything else.
"""

from dataclasses import replace

import polars as pl

from pminusy.datasets.notation import Notation
from pminusy.datasets.numerals import agreed_mark, is_grouped, read_as, readings
from pminusy.datasets.plain_types import plain_type, short_numbers, without_digits
from pminusy.datasets.recognised import Recognised


def recognise(frame: pl.DataFrame, decimal: str | None, likely: str | None = None) -> dict[str, Recognised]:
    """Find the type of each column.

    Where numerals can be read in two ways, as 1,234 can, the decimal mark of the table's other columns decides.

    Parameters
    ----------
    frame : polars.DataFrame
        Strings are stripped, and null where they are missing in any kind of column.
    decimal : {".", ","} or None
        The decimal mark, if it is known.
    likely : {".", ","} or None
        The decimal mark to take where nothing else tells.

    Examples
    --------
    >>> found = recognise(pl.DataFrame({"price": ["$5", "n/a", "$7.5"], "sold": ["2020-01", "2020-02", None]}), None)
    >>> found["price"].values.to_list(), found["price"].notation.missing
    ([5.0, None, 7.5], ('n/a',))
    >>> found["sold"].values.dtype
    Datetime(time_unit='us', time_zone=None)
    """
    strings = frame.select(pl.col(pl.String))
    numbers = short_numbers(strings, decimal)
    told = without_digits(strings) | {name: Recognised(values) for name, values in numbers.items()}
    simple = {
        column.name: told[column.name] if column.name in told else plain_type(column, decimal)
        for column in frame
    }
    open_columns = [column for column in frame if simple[column.name] is None]
    ways = {column.name: readings(column, decimal) for column in open_columns}
    mark = decimal or agreed_mark(ways, simple, frame)
    found = {}
    for column in frame:
        known = simple[column.name]
        if known is None:
            known = _settled(column, ways[column.name], mark or likely)
            if decimal is not None and known.values.dtype == pl.String:
                known = _otherwise(column, known, decimal)
        elif (mark == "," or (mark is None and likely == ",")) and is_grouped(column):
            known = _grouped(column, known, sure=mark == ",")
        found[column.name] = known
    return found


def _grouped(column: pl.Series, known: Recognised, *, sure: bool) -> Recognised:
    """Numbers such as 1.234 whose points could be decimal, in a file where a decimal comma is likely.

    Beside numbers without a point, such as 56, the points are those between thousands.
    """
    if sure or not column.drop_nulls().str.contains(".", literal=True).all():
        return read_as(column, Notation(",", "."))
    example = column.drop_nulls()[0]
    note = (
        f"column {column.name!r}: {example!r} read with a decimal point; if it is a thousand, use --decimal ,"
    )
    return replace(known, note=note)


def _settled(column: pl.Series, ways: list[Recognised], mark: str | None) -> Recognised:
    if not ways:
        return Recognised(column)
    return next((way for way in ways if way.notation.decimal == mark), ways[0])


def _otherwise(column: pl.Series, known: Recognised, decimal: str) -> Recognised:
    """Say so where only the decimal mark that was given keeps strings from being numbers."""
    if not any(way.values.dtype.is_numeric() for way in readings(column, None)):
        return known
    note = (
        f"column {column.name!r}: used as names, since its numbers do not have the decimal mark {decimal!r}"
    )
    return Recognised(column, note=note)
