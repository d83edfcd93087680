from datetime import datetime, time, timedelta

import polars as pl
import pytest

from pminusy.datasets.temporal import temporal_readings


def read(strings):
    column = pl.Series("when", strings)
    return temporal_readings(column, column.drop_nulls().alias("value").value_counts(name="count"))


@pytest.mark.parametrize(
    ("strings", "first", "kind"),
    [
        (
            ["24.12.07", "02.01.08"],
            datetime(2007, 12, 24),
            "dates with the day before the month and years of two",
        ),
        (["24-Dec-07", "02-Jan-08"], datetime(2007, 12, 24), "dates with years of two digits (1969 to 2068)"),
        (
            ["12/24/2007 11:10 PM", "1/2/2008 1:00 AM"],
            datetime(2007, 12, 24, 23, 10),
            "the month before the day",
        ),
        (["2007-W52", "2008-W01"], datetime(2007, 12, 24), "weeks, each read as its Monday"),
        (["2007Q4", "2008Q1"], datetime(2007, 10, 1), "quarters, each read as its first day"),
        (["2007-12-24", "25/12/2007"], datetime(2007, 12, 24), "dates with the day before the month"),
    ],
)
def test_dates_are_read_and_the_note_says_how(strings, first, kind):
    [found] = read(strings)
    assert found.values[0] == first
    assert kind in found.note


def test_names_of_months_need_no_note():
    [found] = read(["24 December 2007", "2 January 2008"])
    assert found.values[1] == datetime(2008, 1, 2)
    assert found.note is None


def test_times_and_durations_may_have_markers():
    [times] = read(["2:45 PM", "11:00 AM", "-"])
    assert times.values.to_list() == [time(14, 45), time(11), None]
    assert times.note == "column 'when': '-' read as missing in 1 cell"
    [durations] = read(["PT5S", "PT1M", "none"])
    assert durations.values.to_list() == [timedelta(seconds=5), timedelta(minutes=1), None]


@pytest.mark.parametrize(
    ("strings", "reason"),
    [
        (
            ["03/04/07", "05/06/08"],
            "whether '03/04/07' begins with the day, the month or the year does not show",
        ),
        (["03/04/2007"], "whether '03/04/2007' begins with the day or the month does not show"),
        (["Apr-07", "May-07"], "'Apr-07', 'May-07' cannot be read as such"),
        (["1 Feb 2007", "30 Feb 2007", "2 Mar 2007"], "'30 Feb 2007' cannot be read as such"),
    ],
)
def test_what_stays_text_is_told_why_and_what_to_do(strings, reason):
    [found] = read(strings)
    assert found.values.to_list() == strings
    assert reason in found.note
    assert found.note.endswith("write dates as year-month-day")


@pytest.mark.parametrize("strings", [["red", "blue"], ["20-45-67", "20-46-68"], ["1,5", "2"], ["10.0.0.1"]])
def test_other_strings_are_nothing_of_the_kind(strings):
    assert read(strings) is None
