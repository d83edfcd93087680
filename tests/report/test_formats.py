import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.report import formats


@given(st.floats(0, 1))
def test_only_certainty_reads_as_0_or_100_percent(share):
    digits = formats.percent(share).replace("\N{NO-BREAK SPACE}", " ")
    assert (digits == "100 %") == (share == 1)
    assert (digits == "0 %") == (share == 0)
    assert digits not in ("0.0 %", "100.0 %")


@given(st.floats(-1e300, 1e300))
def test_numbers_keep_their_value_to_a_few_digits(value):
    text = formats.number(value).replace("−", "-").replace(",", "")
    assert float(text) == pytest.approx(value, rel=6e-3)


@pytest.mark.parametrize(
    ("value", "text"),
    [(math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "not a number"), (0.0, "0"), (1e-4, "1e−4")],
)
def test_special_numbers(value, text):
    assert formats.number(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.5, 3, "0.500"),
        (-2.0, 2, "−2.00"),
        (1234.5, 1, "1,234.5"),
        (0.0004, 3, "4e−4"),
        (math.inf, 2, "∞"),
        (0, 2, "0.00"),
    ],
)
def test_decimals(value, places, text):
    assert formats.decimals(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0004, "0 ms"), (0.25, "250 ms"), (99.94, "99.9 s"), (600, "10 min 0 s")]
)
def test_durations(value, text):
    assert formats.seconds(value).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("n", "nouns", "text"),
    [
        (1, ("row",), "1 row"),
        (0, ("row",), "0 rows"),
        (12345, ("pass", "passes"), "12,345 passes"),
        (9999, (), "9,999"),
    ],
)
def test_counts(n, nouns, text):
    assert formats.count(n, *nouns) == text
