from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.written_dates import date_orders, look_like_dates, read_dates


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("7-Nov-98", datetime(1998, 11, 7)),
        ("7 november 2031", datetime(2031, 11, 7)),
        ("07NOV2031", datetime(2031, 11, 7)),
        ("Nov 7, 2031", datetime(2031, 11, 7)),
        ("November 7th 2031 9:05 pm", datetime(2031, 11, 7, 21, 5)),
        ("Fri, 07 Nov 2031 12:00:01 GMT", datetime(2031, 11, 7, 12, 0, 1)),
        ("Friday, November 7, 2031 at 12:30 AM", datetime(2031, 11, 7, 0, 30)),
        ("7. Dezember 2031", datetime(2031, 12, 7)),
        ("7 de agosto de 2031", datetime(2031, 8, 7)),
        ("Oct 2031", datetime(2031, 10, 1)),
        ("2031-Oct-07", datetime(2031, 10, 7)),
        ("2031.10.07", datetime(2031, 10, 7)),
        ("2031年10月7日", datetime(2031, 10, 7)),
        ("2020-W53", datetime(2020, 12, 28)),
        ("2020W53-7", datetime(2021, 1, 3)),
        ("2031-Q3", datetime(2031, 7, 1)),
        ("Q4 2031", datetime(2031, 10, 1)),
        ("2031-10-07", datetime(2031, 10, 7)),
        ("2021-W53", None),
        ("31 Nov 2031", None),
        ("7 Foo 2031", None),
        ("Oct-31", None),
        ("7/11/2031", None),
        ("2031", None),
        ("", None),
    ],
)
def test_what_is_in_no_doubt_is_read_in_any_column(text, moment):
    assert read_dates(pl.Series([text, None])).to_list() == [moment, None]


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("dmy", "9/8/07", date(2007, 8, 9)),
        ("mdy", "9/8/07", date(2007, 9, 8)),
        ("ymd", "09/8/7", date(2009, 8, 7)),
        ("dmy", "9. 8. 1907", date(1907, 8, 9)),
        ("mdy", "9-8-69", date(1969, 9, 8)),
        ("mdy", "9-8-68", date(2068, 9, 8)),
    ],
)
def test_numbers_are_read_in_the_order_of_their_column(order, text, day):
    assert read_dates(pl.Series([text]), order).dt.date().to_list() == [day]


@given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_what_python_writes_is_read(moment, order):
    numbers = {"dmy": "%d/%m/%y", "mdy": "%m/%d/%y", "ymd": "%y-%m-%d"}[order]
    forms = [f"{numbers} %I:%M:%S %p", "%d-%b-%Y %H:%M:%S", "%A, %B %d, %Y %I:%M:%S %p", "%Y-%m-%d %H:%M:%S"]
    texts = pl.Series([moment.strftime(form) for form in forms])
    assert set(read_dates(texts, order)) == {moment.replace(microsecond=0)}


@pytest.mark.parametrize(
    ("texts", "orders"),
    [
        (["31/12/2020", "01/02/2021"], ["dmy"]),
        (["12/31/2020", "01/02/2021"], ["mdy"]),
        (["01/02/2021"], ["dmy", "mdy"]),
        (["12.31.2020"], ["mdy"]),
        (["1.2.21", "3.2.21"], ["dmy"]),
        (["7/1/21", "29/1/21", "8/2/22"], ["dmy"]),
        (["1/7/21", "1/29/21"], ["mdy"]),
        (["21-01-07", "22-01-29"], ["ymd"]),
        (["19-01-01", "20-02-01"], ["dmy", "ymd"]),
        (["1-2-3"], []),
        (["yes"], []),
    ],
)
def test_the_order_is_found_where_the_column_shows_it(texts, orders):
    assert date_orders(pl.Series(texts)) == orders


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("1/2/23", True),
        ("30 Feb 2023", True),
        ("Mai-23", True),
        ("Mon, 3 June 2023 10:00", True),
        ("1/2/23 10:00", True),
        ("maybe 23", False),
        ("3 kg", False),
        ("1.5", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_the_shape_of_a_date(text, does):
    assert look_like_dates(pl.Series([text, None])).to_list() == [does, False]
