"""How the dates and times of a column of strings are written."""

from collections.abc import Sequence

import polars as pl

from pminusy.datasets.dates import parse_durations, parse_times
from pminusy.datasets.markers import describe_reading, markers_among, some
from pminusy.datasets.notation import Notation
from pminusy.datasets.recognised import Recognised
from pminusy.datasets.written_dates import date_orders, look_like_dates, read_dates

_KINDS = {
    "dmy": "dates with the day before the month",
    "mdy": "dates with the month before the day",
    "ymd": "dates with the year before the month",
}
_FIRST = {"dmy": "the day", "mdy": "the month", "ymd": "the year"}
_PERIODS = (
    (r"^\d{4}-?W\d\d$", "weeks, each read as its Monday"),
    (r"Q\d", "quarters, each read as its first day"),
)
_LONGEST = 80  # bytes of a date, with its weekday, time and zone
_ADVICE = "so they are used as names; write dates as year-month-day"


def temporal_readings(column: pl.Series, counts: pl.DataFrame) -> list[Recognised] | None:
    """The column as dates, times of day or durations; as it is, with a note, where it almost is that.

    Parameters
    ----------
    column : polars.Series of String
    counts : polars.DataFrame
        Its different strings, ``value``, and how many cells hold each, ``count``.

    Returns
    -------
    list of Recognised, or None
        None where the strings are nothing of the kind.

    Examples
    --------
    >>> column = pl.Series("sold", ["1/15/2023", "2/28/2023", "-"])
    >>> temporal_readings(column, column.alias("value").value_counts(name="count"))[0].note
    "column 'sold': dates with the month before the day; '-' read as missing in 1 cell"
    """
    values = counts["value"]
    # Spares long texts the search for dates.
    possible = values.str.contains(r"\d") & (values.str.len_bytes() <= _LONGEST)
    if 2 * possible.sum() < len(values):
        return None
    shaped = look_like_dates(values)
    if 2 * shaped.sum() >= len(values) or 2 * read_dates(values).null_count() <= len(values):
        return _dates(column, counts, shaped)
    for parse in (parse_times, parse_durations):
        markers = markers_among(counts, parse(values).is_not_null())
        if markers is not None:
            note = describe_reading(column, "", markers)
            return [Recognised(parse(column), Notation(missing=markers), note)]
    return None


def _dates(column: pl.Series, counts: pl.DataFrame, shaped: pl.Series) -> list[Recognised] | None:
    """The column as dates, in the one order of day, month and year that is possible."""
    orders = date_orders(counts["value"]) or [""]
    read = {order: read_dates(counts["value"], order).is_not_null() for order in orders}
    markers = {order: markers_among(counts, is_date) for order, is_date in read.items()}
    ways = {order: missing for order, missing in markers.items() if missing is not None}
    if len(ways) == 1:
        [(order, missing)] = ways.items()
        note = describe_reading(column, _kind(counts.filter(read[order])["value"], order), missing)
        return [Recognised(read_dates(column, order), Notation(missing=missing, date_order=order), note)]
    return _no_dates(column, counts.filter(shaped), list(ways), counts.filter(~read[orders[0]]))


def _kind(dates: pl.Series, order: str) -> str:
    """What is to be said of how dates are written."""
    for pattern, kind in _PERIODS:
        if dates.str.contains(pattern).all():
            return kind
    kind = _KINDS.get(order, "")
    if dates.str.contains(r"\d{4}").any():
        return kind
    return f"{kind or 'dates'} {'and' if kind else 'with'} years of two digits (1969 to 2068)"


def _no_dates(
    column: pl.Series, shaped: pl.DataFrame, orders: Sequence[str], unread: pl.DataFrame
) -> list[Recognised] | None:
    """The column as it is, with the reason why it holds no dates where it looks as if it did."""
    if not orders and len(unread) and not _are_named(shaped["value"]):
        return None
    if orders:
        *others, last = (_FIRST[order] for order in orders)
        example = shaped["value"].sort()[0]
        reason = f"whether {example!r} begins with {', '.join(others)} or {last} does not show"
    else:
        reason = f"{some(unread['value'].sort().to_list())} cannot be read as such"
    return [Recognised(column, note=f"column {column.name!r}: looks like dates, but {reason}, {_ADVICE}")]


def _are_named(dates: pl.Series) -> bool:
    return bool(dates.str.contains(r"\p{L}{3}").any())
