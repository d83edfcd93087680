"""What to do about strings that cannot be read as the numbers or dates that a column is to hold."""

import shlex
from dataclasses import replace

import polars as pl

from pminusy.datasets.columns import to_dates, to_numbers
from pminusy.datasets.markers import are_usual, some
from pminusy.datasets.notation import NOTATIONS, Notation, describe_notation, parse_numbers, units_of
from pminusy.datasets.places import RowError
from pminusy.datasets.written_dates import read_dates

_FEW = 3


def numbers_or_advice(column: pl.Series, notation: Notation, *, trained: bool = True) -> pl.Series:
    """As `to_numbers`, with errors that say which option would help.

    Parameters
    ----------
    column : polars.Series
    notation : Notation
    trained : bool
        Whether the notation is that of training data, which the message then says.

    Raises
    ------
    RowError
        As `to_numbers` raises it.

    Examples
    --------
    >>> numbers_or_advice(pl.Series("p", ["2,5"]), Notation(), trained=False)
    Traceback (most recent call last):
    pminusy...RowError: column 'p': expected numbers, got '2,5' in row 1 (counted from 1); --decimal , reads these
    """
    try:
        return to_numbers(column, notation)
    except RowError as error:
        if error.column is None or column.dtype != pl.String:
            raise
        so = "are written so" if describe_notation(notation) else "have numbers there"
        held = f"; the training data {so}" if trained else ""
        raise error.advised(held + _number_advice(column.drop_nulls(), notation)) from error


def dates_or_advice(column: pl.Series, notation: Notation) -> pl.Series:
    """As `to_dates`, with errors that say which option would help."""
    try:
        return to_dates(column, notation)
    except RowError as error:
        if column.dtype != pl.String:
            raise
        strings = column.drop_nulls()
        raise error.advised(
            _missing_advice(strings, read_dates(strings, notation.date_order, compact=True))
        ) from error


def _number_advice(strings: pl.Series, notation: Notation) -> str:
    mark = "." if notation.decimal == "," else ","
    present = strings.filter(~(are_usual(strings) | strings.is_in(notation.missing)))
    prefix, suffix = units_of(present)
    others = [replace(other, prefix=prefix, suffix=suffix) for other in NOTATIONS if other.decimal == mark]
    shows_mark = bool(present.str.contains(rf"\d[{mark}]\d").any())
    if shows_mark and any(parse_numbers(present, other).null_count() == 0 for other in others):
        return f"; --decimal {mark} reads these"
    return _missing_advice(present, parse_numbers(present, notation))


def _missing_advice(strings: pl.Series, values: pl.Series) -> str:
    """Suggest markers, where what cannot be read is few and has no digits."""
    unread = strings.filter(values.is_null()).unique(maintain_order=True)
    unread = unread.filter(~are_usual(unread))
    if not len(unread) or len(unread) > _FEW or unread.str.contains(r"\d").any():
        return ""
    stand = "stands for a missing value" if len(unread) == 1 else "stand for missing values"
    option = shlex.quote(",".join(f'"{text}"' if "," in text else text for text in unread))
    return f"; if {some(unread.to_list())} {stand}, use --missing {option}"
