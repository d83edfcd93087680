from datetime import datetime, time, timedelta, timezone

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.dates import parse_dates, parse_durations, parse_times, spell_dates, to_days, to_utc


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019-12-31", datetime(2019, 12, 31)),
        ("2019/2/3", datetime(2019, 2, 3)),
        ("2019-12", datetime(2019, 12, 1)),
        ("2019-12-31T23:59", datetime(2019, 12, 31, 23, 59)),
        ("2019-12-31 23:59:58.25", datetime(2019, 12, 31, 23, 59, 58, 250_000)),
        ("2019-12-31T23:59:58,123456789Z", datetime(2019, 12, 31, 23, 59, 58, 123_456)),
        ("2019-12-31 23:00:00+05:30", datetime(2019, 12, 31, 17, 30)),
        ("2019-12-31 23:00:00-0130", datetime(2020, 1, 1, 0, 30)),
        ("2019-12-31T23:00+02", datetime(2019, 12, 31, 21)),
        ("2019-02-29", None),
        ("2019-12-31 24:00", None),
        ("2019-12-31 10:60", None),
        ("31.12.2019", None),
        ("20191231", None),
        ("2019", None),
        ("", None),
    ],
)
def test_iso_dates(text, date):
    assert parse_dates(pl.Series([text, None])).to_list() == [date, None]


def test_compact_dates_are_read_where_they_are_asked_for():
    dates = parse_dates(pl.Series(["20191231", "20191231T101112Z", "20191331"]), compact=True)
    assert dates.to_list() == [datetime(2019, 12, 31), datetime(2019, 12, 31, 10, 11, 12), None]


@given(
    st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30)),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_what_python_writes_is_read(moment, zone):
    texts = pl.Series([moment.isoformat(), moment.isoformat(" "), moment.replace(tzinfo=zone).isoformat()])
    utc = moment - zone.utcoffset(None)
    assert parse_dates(texts).to_list() == [moment, moment, utc]
    assert parse_dates(spell_dates(pl.Series([moment]))).to_list() == [moment]


def test_times_of_day():
    times = parse_times(pl.Series(["9:05", "23:59:59.5", "24:00", "12", None]))
    assert times.to_list() == [time(9, 5), time(23, 59, 59, 500_000), None, None, None]


@given(st.timedeltas(timedelta(days=-5000), timedelta(days=5000)))
def test_durations_are_read_as_pandas_and_polars_write_them(duration):
    texts = pl.Series([str(pd.Timedelta(duration)), pl.Series([duration]).dt.to_string("iso")[0]])
    assert parse_durations(texts).to_list() == [duration, duration]


@pytest.mark.parametrize("text", ["P", "PT", "5", "5 d", "1 days 5", "", "days"])
def test_other_strings_are_no_durations(text):
    assert parse_durations(pl.Series([text])).to_list() == [None]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_dates_of_any_unit_and_zone_become_the_same(unit):
    moments = pl.Series([datetime(1970, 1, 2, 12)]).cast(pl.Datetime(unit))
    assert to_days(to_utc(moments)).to_list() == [1.5]
    assert to_days(to_utc(moments.dt.replace_time_zone("Africa/Lagos"))).to_list() == [1.5 - 1 / 24]


def test_dates_are_spelled_without_what_is_zero():
    moments = [datetime(2020, 1, 1), datetime(2020, 1, 1, 10), datetime(2020, 1, 1, 0, 0, 30, 120_000), None]
    assert spell_dates(pl.Series(moments)).to_list() == [
        "2020-01-01",
        "2020-01-01 10:00:00",
        "2020-01-01 00:00:30.12",
        None,
    ]
