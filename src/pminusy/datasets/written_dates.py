"""Dates as people write them, brought into the form that `dates` reads.

- The month by its name: ``15-Mar-23``, ``15. März 2023``, ``March 15, 2023``, ``Mar 2023``, ``15MAR2023``.
- The week or the quarter of a year, for its first day: ``2023-W05``, ``2023Q1``, ``Q1 2023``.
- Numbers in an order that the column has to show: ``15.03.2023``, ``03/15/23``, ``23-03-15``.

Years of two digits are those from 1969 to 2068. A weekday may come before a date, and a time of day after it.
"""

import polars as pl

from pminusy.datasets.dates import parse_dates
from pminusy.datasets.month_names import MONTH_NUMBERS

ORDERS = ("dmy", "mdy", "ymd")
"""The orders of day, month and year in dates of numbers that are not as ISO 8601 writes them."""

_REST = r"(?<rest>\D.*)?$"
_YEAR = r"(?<year>\d{4}|\d{2})"
_WEEKDAY = r"^(?:\p{L}{2,10}\.?, |(?i:mon|tue|wed|thu|fri|sat|sun)\p{L}*\.? )?"
_DAY = r"(?<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?<name>\p{L}{3,10})\.?"
_GAP = r"(?:, ?|[./-]|\.? (?:of |de |del )?)?"
_NUMBERS = {
    "dmy": rf"^(?<day>\d{{1,2}})[./-] ?(?<month>\d{{1,2}})[./-] ?{_YEAR}{_REST}",
    "mdy": rf"^(?<month>\d{{1,2}})[./-] ?(?<day>\d{{1,2}})[./-] ?{_YEAR}{_REST}",
    "ymd": rf"^(?<year>\d{{2}})[./-](?<month>\d{{1,2}})[./-](?<day>\d{{1,2}}){_REST}",
}
_IN_NO_DOUBT = (
    rf"{_WEEKDAY}{_DAY}{_GAP}{_NAME}{_GAP}{_YEAR}{_REST}",
    rf"{_WEEKDAY}{_NAME}[ ./-]{_DAY}(?:, ?|[ ./-]){_YEAR}{_REST}",
    rf"^(?<year>\d{{4}})[ ./-]{_NAME}[ ./-]{_DAY}{_REST}",
    rf"^{_NAME}(?:, ?|[ ./-])(?<year>\d{{4}}){_REST}",
    rf"^(?<year>\d{{4}})[.年] ?(?<month>\d{{1,2}})[.月] ?(?<day>\d{{1,2}})[.日]?{_REST}",
)
_QUARTERS = (r"^(?<year>\d{4})[ -]?Q(?<quarter>[1-4])$", r"^Q(?<quarter>[1-4])[ /-]?(?<year>\d{4})$")
_WEEK = r"^(?<year>\d{4})-?W(?<week>\d{2})(?:-?(?<weekday>[1-7]))?$"
_FIRST_SHORT_YEAR = 69
_THREE_NUMBERS = r"^(\d{1,2})[./-] ?\d{1,2}[./-] ?(?:\d{2})?(\d{2})(?:\D.*)?$"
_MANY_DAYS = 15  # from the first to the last day of the month that occurs
_SHAPE = (
    r"^(?:\p{L}{2,10}[.,]* )?"
    r"(?:\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}|\d{1,4}[ ./-]{0,2}\p{L}{3,10}(?:[ .,/'-]{0,2}\d{2,4})?"
    r"|\p{L}{3,10}[ .,/'-]{1,2}\d{1,4}(?:[ ,./-]+\d{2,4})?)(?:(?:T|,? )\d.*)?$"
)


def read_dates(column: pl.Series, order: str = "", *, compact: bool = False) -> pl.Series:
    """Read strings as Datetime("us"), as ISO 8601 or as people write dates; null where one is no date.

    Parameters
    ----------
    column : polars.Series of String
    order : {"", "dmy", "mdy", "ymd"}
        Of day, month and year where all are numbers; if empty, only the years of four digits may be, and come first.
    compact : bool
        As for `parse_dates`.

    Examples
    --------
    >>> read_dates(pl.Series(["15-Mar-23", "2023-W11-3", "15/3/2023"])).dt.date().to_list()
    [datetime.date(2023, 3, 15), datetime.date(2023, 3, 15), None]
    >>> read_dates(pl.Series(["3/15/23 02:30 PM"]), "mdy").to_list()
    [datetime.datetime(2023, 3, 15, 14, 30)]
    """
    dates = parse_dates(column, compact=compact)
    left = dates.is_null() & column.is_not_null()
    if not left.any():
        return dates
    found = parse_dates(_as_iso(column.filter(left), order))
    if found.null_count() == len(found):
        return dates
    return dates.scatter(left.arg_true(), found)


def date_orders(dates: pl.Series) -> list[str]:
    """The orders of day, month and year that most of the dates of three numbers allow of.

    Between points, the day comes first. Years of two digits come first or last, as the other one of these numbers
    runs through the days of a month.

    Examples
    --------
    >>> [date_orders(pl.Series([text])) for text in ("31/12/2020", "1/2/2020", "1.2.2020", "1.2.20")]
    [['dmy'], ['dmy', 'mdy'], ['dmy'], ['dmy']]
    """
    written = dates.filter(dates.str.contains(_THREE_NUMBERS))
    unread = {order: read_dates(written, order).null_count() for order in ORDERS}
    if written.str.contains(r"^\d+\.").all() and unread["dmy"] == min(unread.values()):
        unread = {"dmy": unread["dmy"]}
    fewest = min(unread.values())
    found = [order for order, n_unread in unread.items() if n_unread == fewest < len(written)]
    return _by_span(found, written) if "ymd" in found and len(found) > 1 else found


def look_like_dates(strings: pl.Series) -> pl.Series:
    """Which strings have the shape of a date: three numbers, or the name of a month and a number.

    Examples
    --------
    >>> look_like_dates(pl.Series(["1/2/23", "Mar-23", "30 Feb 2023", "size-23", "1.5"])).to_list()
    [True, True, True, False, False]
    """
    names = pl.first().str.to_lowercase().str.extract_all(r"\p{L}{3,10}")
    named = names.list.eval(pl.element().is_in(list(MONTH_NUMBERS))).list.any()
    shaped = pl.first().str.contains(_SHAPE) & (named | ~pl.first().str.contains(r"\p{L}{3}"))
    return strings.to_frame().select(shaped.fill_null(False)).to_series()


def _as_iso(column: pl.Series, order: str) -> pl.Series:
    """The strings year-month-day, with the time of day as it is; null where one is no such date."""
    text = pl.first().str.strip_chars()
    patterns = (*_IN_NO_DOUBT, *((_NUMBERS[order],) if order else ()))
    found = [_day_of(text, pattern) for pattern in patterns]
    found += [_quarter_of(text, pattern) for pattern in _QUARTERS]
    return column.to_frame().select(pl.coalesce(*found, _week_of(text)).alias(column.name)).to_series()


def _day_of(text: pl.Expr, pattern: str) -> pl.Expr:
    part = text.str.extract_groups(pattern).struct.field
    month = part("month") if "<month>" in pattern else _month_number(part("name"))
    day = part("day") if "<day>" in pattern else pl.lit("1")
    return pl.concat_str(
        _full_year(part("year")), pl.lit("-"), month, pl.lit("-"), day, part("rest").fill_null("")
    )


def _full_year(year: pl.Expr) -> pl.Expr:
    century = pl.when(year.cast(pl.Int32) < _FIRST_SHORT_YEAR).then(pl.lit("20")).otherwise(pl.lit("19"))
    return pl.when(year.str.len_chars() == len("23")).then(century + year).otherwise(year)


def _month_number(name: pl.Expr) -> pl.Expr:
    return (
        name.str.to_lowercase()
        .replace_strict(MONTH_NUMBERS, default=None, return_dtype=pl.Int8)
        .cast(pl.String)
    )


def _quarter_of(text: pl.Expr, pattern: str) -> pl.Expr:
    part = text.str.extract_groups(pattern).struct.field
    month = (part("quarter").cast(pl.Int8) * 3 - 2).cast(pl.String)
    return pl.concat_str(part("year"), pl.lit("-"), month, pl.lit("-1"))


def _week_of(text: pl.Expr) -> pl.Expr:
    part = text.str.extract_groups(_WEEK).struct.field
    day = pl.concat_str(part("year"), pl.lit("-W"), part("week"), pl.lit("-"), part("weekday").fill_null("1"))
    return day.str.to_date("%G-W%V-%u", strict=False).dt.to_string("%Y-%m-%d")


def _by_span(orders: list[str], written: pl.Series) -> list[str]:
    """Settle by the span of each whether the first or the last number is the day, and the other one the year."""
    numbers = [written.str.extract(_THREE_NUMBERS, group).cast(pl.Int32) for group in (1, 2)]
    first, last = (float(number.max()) - float(number.min()) >= _MANY_DAYS for number in numbers)  # type: ignore[arg-type]
    if first == last:
        return orders
    return [order for order in orders if (order == "ymd") is last]
