"""Names of classes and categories: as a file writes them, or one spelling of each value whatever the file."""

import re
from collections import Counter
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.dates import parse_dates, parse_durations, parse_times, spell_dates, spell_times, to_utc

# No leading zeros and no plus sign: 02134 and +49 are names.
_NUMERAL = re.compile(r"-?(?=\.?\d)(0|[1-9]\d*)?(\.\d*)?([eE][+-]?\d{1,2})?")
_MAY_DIFFER = r"^-?[.\dP]|^(?i:true|false)$"


def as_written(column: pl.Series) -> pl.Series:
    """Cast to String as a text file would hold the values; strings stay as they are, and missing values null.

    Examples
    --------
    >>> as_written(pl.Series([True, None])).to_list(), as_written(pl.Series([1.0, 0.25])).to_list()
    (['True', None], ['1.0', '0.25'])
    """
    dtype = column.dtype
    if dtype == pl.Boolean:
        return column.cast(pl.String).str.to_titlecase()
    if dtype in (pl.Date, pl.Datetime):
        return spell_dates(to_utc(column))
    if dtype == pl.Time:
        return spell_times(column)
    if dtype == pl.Duration:
        return (column.dt.total_microseconds() / 1e6).cast(pl.String)
    return column.cast(pl.String)


def by_value(column: pl.Series) -> pl.Series:
    """Cast to String, with one spelling for each number, date and boolean; missing values stay null.

    Numbers lose trailing zeros and exponents without passing through floats: 1, 1.0 and 1e0 are "1". Dates at
    midnight lose the time, durations are seconds, and booleans are "true" and "false". Other strings stay as they are.

    Examples
    --------
    >>> by_value(pl.Series(["1.50", "2E1", "TRUE", "2020-01-31T00:00:00Z", "007"])).to_list()
    ['1.5', '20', 'true', '2020-01-31', '007']
    """
    written = as_written(column)
    old = written.unique().drop_nulls()
    old = old.filter(old.str.contains(_MAY_DIFFER))
    if not len(old):
        return written
    spelled = [as_written(parse(old)) for parse in (parse_dates, parse_times, parse_durations)]
    new = [_spell(next(filter(None, texts))) for texts in zip(*spelled, old, strict=True)]
    return written.replace(old, pl.Series(new, dtype=pl.String))


def merges_names(column: pl.Series) -> bool:
    """Whether `by_value` would give one spelling to values that the column writes in different ways."""
    return column.dtype == pl.String and by_value(column).n_unique() < column.n_unique()


def match_names(names: NDArray[Any], known: NDArray[Any]) -> NDArray[Any]:
    """Labels in the spelling of known ones: those that are not among them by name are looked up by value.

    Parameters
    ----------
    names : (N,) int64 or str
    known : (M,) int64 or str

    Returns
    -------
    (N,) array
        Of the type of `known`; `names` as they are where one of them is none of those known, or several.

    Examples
    --------
    >>> match_names(np.array(["true", "1.0"]), np.array(["True", "1"])).tolist()
    ['True', '1']
    """
    own, places = np.unique(names, return_inverse=True)
    classes = np.unique(known)
    by_name = {str(label): label for label in classes.tolist()}
    values = by_value(pl.Series(list(by_name))).to_list()
    n_names = Counter(values)
    by_its_value = {
        value: label for value, label in zip(values, by_name.values(), strict=True) if n_names[value] == 1
    }
    spelled = by_value(pl.Series(own.astype(np.str_).tolist(), dtype=pl.String)).to_list()
    matched = [
        by_name.get(str(name), by_its_value.get(value))
        for name, value in zip(own.tolist(), spelled, strict=True)
    ]
    return names if None in matched else np.array(matched, dtype=classes.dtype)[places]


def _spell(text: str) -> str:
    if text.lower() in ("true", "false"):
        return text.lower()
    if not _NUMERAL.fullmatch(text):
        return text
    plain = format(Decimal(text), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain
