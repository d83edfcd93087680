import numpy as np
import pandas as pd
import polars as pl
import pytest

from pminusy.linear.coef_table import interval, make_coef_table

COLUMNS = ["class", "feature", "coefficient", "standard_error", "z", "p", "lower", "upper"]


@pytest.fixture
def table():
    coefficients = np.array([[1.96, -1.234e-5], [-3e7, 0.0]])
    errors = np.array([[1.0, 1.0], [1e3, 2.5]])
    features = ["a very long name of a column", "b"]
    return make_coef_table(np.array(["left", "right"]), features, coefficients, errors, 0.95, "middle")


def test_lines_hold_the_tests_and_intervals(table):
    first = table.rows[0]
    assert (first.label, first.coefficient, first.standard_error, first.z) == ("left", 1.96, 1.0, 1.96)
    assert first.p == pytest.approx(0.0499958, abs=1e-7)  # twice the upper tail of a normal distribution
    assert (first.lower, first.upper) == pytest.approx((3.6015460e-5, 3.91996398), rel=1e-7)
    assert (table.rows[3].z, table.rows[3].p) == (0.0, 1.0)
    assert [row.feature for row in table] == ["a very long name of a column", "b"] * 2
    assert len(table) == 4


def test_wide_levels_reach_further():
    np.testing.assert_allclose(interval(np.zeros(1), np.ones(1), 0.99), [[-2.5758293, 2.5758293]], rtol=1e-7)
    np.testing.assert_allclose(interval(np.ones(1), np.full(1, 2.0), 0.5)[0, 1], 1 + 2 * 0.6744898, rtol=1e-7)


def test_data_frames_take_its_columns(table):
    for frame in (pd.DataFrame(table.to_dict()), pl.DataFrame(table.to_dict())):
        assert list(frame.columns) == COLUMNS
        assert list(frame["class"]) == ["left", "left", "right", "right"]
        np.testing.assert_array_equal(frame["z"], [row.z for row in table])


def test_text_fits_a_terminal_and_keeps_columns_apart(table):
    lines = str(table).splitlines()
    assert lines[0] == "Each class relative to middle, with 95 % confidence intervals"
    assert max(map(len, lines)) <= 80
    assert [line.split()[1] for line in lines if line.startswith("class")] == ["left", "right"]
    body = [line for line in lines[1:] if line and not line.startswith("class")]
    assert body[0].startswith("a very long name … ")
    assert all(len(line[18:].split()) == 6 for line in body)
    assert body[2].split()[-3] == "<0.0001"


def test_text_names_the_mean_of_all_where_there_is_no_baseline():
    table = make_coef_table(np.array([0]), ["x"], np.ones((1, 1)), np.ones((1, 1)), 0.9, None)
    assert str(table).startswith("Each class relative to the mean of all classes, with 90 % confidence")


def test_a_notebook_shows_a_table_for_each_class_with_names_escaped():
    shown = make_coef_table(
        np.array(["a<b", "c"]), ["x&y"], np.array([[1.0], [2.0]]), np.array([[0.5], [1.0]]), 0.9, None
    )._repr_html_()
    assert shown.count("<thead>") == 2
    assert "class a&lt;b" in shown
    assert "x&amp;y" in shown
    assert "90 % confidence" in shown
