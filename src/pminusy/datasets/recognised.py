"""A column with its type found, unless its numbers are names."""

from dataclasses import dataclass

import polars as pl

from pminusy.datasets.columns import within
from pminusy.datasets.notation import PLAIN, Notation
from pminusy.datasets.spelling import as_written, by_value

EXACT_DIGITS = 15
"""Digits that any float64 holds."""

_KEPT_SHARE = 0.9


@dataclass(frozen=True, eq=False)
class Recognised:
    """A column with its type found.

    Attributes
    ----------
    values : polars.Series
        Of a numeric or temporal type, Boolean, or as it was.
    notation : Notation
        How its numbers or dates are written.
    note : str or None
        What a person should know of it.
    """

    values: pl.Series
    notation: Notation = PLAIN
    note: str | None = None


def exact(numbers: pl.Series, column: pl.Series) -> Recognised:
    """The numbers, or the column as written where floats would make many of them one: then they are names."""
    if numbers.dtype.is_integer() and within(numbers, 2**53):
        return Recognised(numbers)
    written = as_written(column)
    long = written.str.len_bytes() > EXACT_DIGITS
    if long.any() and _melt(numbers.filter(long).cast(pl.Float64), written.filter(long)):
        return Recognised(
            written,
            note=f"column {column.name!r} holds numbers of more digits than can be computed with, "
            "so they are used as names",
        )
    return Recognised(numbers)


def _melt(floats: pl.Series, written: pl.Series) -> bool:
    """Whether floats make one number of many; strings that only differ in their zeros are not many."""
    few = floats.n_unique()
    # There are at most as many values as strings, which are sooner counted.
    return few < _KEPT_SHARE * written.n_unique() and few < _KEPT_SHARE * by_value(written).n_unique()
