import pytest

from pminusy.datasets.readers.titles import rows_above_header, skip_hint

ROWS = [["tea", "3", "x"], ["milk", "2", "y"], ["rice", None, "x"], ["salt", "5", "y"]]


@pytest.mark.parametrize(
    "above",
    [[["Prices"]], [["Prices", "", ""], [None, None, None]], [["Prices"], ["as of May"], []], [["", "", ""]]],
)
def test_rows_with_few_cells_are_above_the_header(above):
    assert rows_above_header([*above, ["item", "price", "class"], *ROWS]) == len(above)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["item", "price", "class"], *ROWS],
        [["", "price", "class"], *ROWS],
        [["text"], ["a"], ["b"], ["c"]],
        [["", "x"], ["1", "2"], ["3", "4"]],
    ],
)
def test_a_header_is_none_of_them(rows):
    assert rows_above_header(rows) == 0


@pytest.mark.parametrize("title", [["Prices"], ["Prices", ""]])
def test_a_title_of_two_columns_is_told_by_the_numbers_below_the_header(title):
    assert rows_above_header([title, ["price", "class"], ["3,5 €", "a"], ["4", "b"], ["-5.1", "a"]]) == 1
    assert rows_above_header([title, ["item", "class"], ["tea", "a"], ["milk", "b"], ["rice", "a"]]) == 0
    assert rows_above_header([title, ["1", "3"], ["2", "4"], ["3", "5"]]) == 0


def test_the_hint_names_the_option():
    assert skip_hint(0, "line") == ""
    assert skip_hint(4, "row") == "; the header seems to be in row 5: --skip-rows 4 skips what is above it"
