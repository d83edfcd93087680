"""Dates and times as ISO 8601 writes them, and what a model is told of one.

A date is read as year-month-day or year-month, with dashes or slashes or (in one column) without; a time of day
may follow after a T or a space, with seconds, a fraction of one, AM or PM, and Z or an offset from UTC. All become
times in UTC without a time zone, to the microsecond. `written_dates` reads what is written in other ways.
"""

import polars as pl

_DAY_US = 86_400_000_000
_HALF = r"(?: ?(?<half>[AaPp])\.?[Mm]\.?)?"
_ISO = (
    r"^(?<year>\d{4})[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2}))?"
    r"(?:(?:T|,? +(?:at )?)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?"
    rf"{_HALF})? ?(?:Z|UTC|GMT|(?<sign>[+-])(?<hours>\d{{2}}):?(?<minutes>\d{{2}})?)?$"
)
_COMPACT = (
    (r"^(\d{4})(\d{2})(\d{2})$", "${1}-${2}-${3}"),
    (r"^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})", "${1}-${2}-${3}T${4}:${5}:${6}"),
    (r"^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})", "${1}-${2}-${3}T${4}:${5}"),
)
_TIME = (
    rf"^(?<hour>\d{{1,2}}):(?<minute>\d{{2}})(?::(?<second>\d{{2}})(?:\.(?<fraction>\d{{1,9}}))?)?{_HALF}$"
)

_DURATION = (
    r"^(?<sign>-)?(?:P(?:(?<day>\d+)D)?(?:T(?:(?<hour>\d+)H)?(?:(?<minute>\d+)M)?(?:(?<second>\d+)"
    r"(?:\.(?<fraction>\d+))?S)?)?)$",
    r"^(?<day>-?\d+) days?(?:,? (?<sign>\+)?(?<hour>\d+):(?<minute>\d{2}):(?<second>\d{2})(?:\.(?<fraction>\d+))?)?$",
)

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def parse_dates(column: pl.Series, *, compact: bool = False) -> pl.Series:
    """Read strings as Datetime("us"), null where one is no date.

    Parameters
    ----------
    column : polars.Series of String
    compact : bool
        Whether eight digits in a row are a date: 20200131.

    Examples
    --------
    >>> parse_dates(pl.Series(["2020-01-31T10:30+02:00", "31.1.2020"])).to_list()
    [datetime.datetime(2020, 1, 31, 8, 30), None]
    """
    text = pl.first().str.strip_chars()
    for pattern, extended in _COMPACT if compact else ():
        text = text.str.replace(pattern, extended)
    part = text.str.extract_groups(_ISO).struct.field
    date = pl.concat_str(
        part("year"),
        pl.lit("-"),
        part("month").str.zfill(2),
        pl.lit("-"),
        part("day").fill_null("1").str.zfill(2),
    ).str.to_date("%Y-%m-%d", strict=False)
    offset = (_integer(part("hours")) * 60 + _integer(part("minutes"))) * 60_000_000
    offset = pl.when(part("sign") == "-").then(-offset).otherwise(offset)
    microseconds = date.cast(pl.Int64) * _DAY_US + _time_of_day(part) - offset
    return column.to_frame().select(microseconds.cast(pl.Datetime("us")).alias(column.name)).to_series()


def parse_times(column: pl.Series) -> pl.Series:
    """Read strings such as 12:30, 12:30:15.5 or 2:30 PM as Time, null where one is no time of day."""
    part = pl.first().str.extract_groups(_TIME).struct.field
    nanoseconds = pl.when(part("hour").is_not_null()).then(_time_of_day(part)) * 1000
    return column.to_frame().select(nanoseconds.cast(pl.Time).alias(column.name)).to_series()


def parse_durations(column: pl.Series) -> pl.Series:
    """Read strings such as PT1H30M and 2 days 01:30:00 as Duration("us"), null where one is no duration.

    Examples
    --------
    >>> parse_durations(pl.Series(["PT90S", "-1 days +23:00:00", "90"])).dt.total_seconds().to_list()
    [90, -3600, None]
    """
    found = [column.to_frame().select(_microseconds(pattern)).to_series() for pattern in _DURATION]
    return found[0].zip_with(found[0].is_not_null(), found[1]).cast(pl.Duration("us")).alias(column.name)


def _microseconds(pattern: str) -> pl.Expr:
    part = pl.first().str.extract_groups(pattern).struct.field
    day, hour, minute, second = (_integer(part(name)) for name in ("day", "hour", "minute", "second"))
    fraction = _integer(part("fraction").str.pad_end(6, "0").str.slice(0, 6))
    clock = ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    total = day * _DAY_US + clock
    signed = pl.when(part("sign") == "-").then(-total).otherwise(total)
    # "P" and "PT" alone name no part.
    return pl.when(pl.first().str.contains(pattern) & pl.first().str.contains(r"\d")).then(signed)


def to_utc(column: pl.Series) -> pl.Series:
    """Date and Datetime of any unit and time zone as Datetime("us") in UTC, without a time zone."""
    if column.dtype == pl.Datetime and column.dtype.time_zone:  # type: ignore[attr-defined]
        column = column.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    return column.cast(pl.Datetime("us"))


def to_days(times: pl.Series) -> pl.Series:
    """Datetime as days since 1970, with the time of day as a fraction."""
    return times.dt.epoch("us").cast(pl.Float64) / _DAY_US


def spell_dates(times: pl.Series) -> pl.Series:
    """Datetime as strings: the date alone at midnight, else with its time, without trailing zeros."""
    midnight = pl.first().dt.time() == pl.time(0, 0, 0)
    full = pl.first().dt.to_string("%Y-%m-%d %H:%M:%S%.6f").str.replace(r"\.?0*$", "")
    whole = pl.first().dt.to_string("%Y-%m-%d %H:%M:%S")
    clock = pl.when(pl.first().dt.microsecond() == 0).then(whole).otherwise(full)
    spelled = pl.when(midnight).then(pl.first().dt.to_string("%Y-%m-%d")).otherwise(clock)
    return times.to_frame().select(spelled.alias(times.name)).to_series()


def spell_times(times: pl.Series) -> pl.Series:
    """Times of day as strings with seconds, and a fraction of one only where there is some."""
    whole = pl.first().dt.to_string("%H:%M:%S")
    full = pl.first().dt.to_string("%H:%M:%S%.6f").str.strip_chars_end("0")
    spelled = pl.when(pl.first().dt.nanosecond() == 0).then(whole).otherwise(full)
    return times.to_frame().select(spelled.alias(times.name)).to_series()


def _time_of_day(part: object) -> pl.Expr:
    """Microseconds since midnight; null where an hour, minute or second is out of its range."""
    hour, minute, second = (_integer(part(name)) for name in ("hour", "minute", "second"))  # type: ignore[operator]
    fraction = _integer(part("fraction").str.pad_end(6, "0").str.slice(0, 6))  # type: ignore[operator]
    half = part("half").str.to_lowercase()  # type: ignore[operator]
    inside = (hour < 24) & (minute < 60) & (second < 60) & (half.is_null() | hour.is_between(1, 12))
    since_midnight = pl.when(half.is_null()).then(hour).otherwise(hour % 12 + 12 * (half == "p"))
    return pl.when(inside).then(((since_midnight * 60 + minute) * 60 + second) * 1_000_000 + fraction)


def _integer(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Int64, strict=False).fill_null(0)
