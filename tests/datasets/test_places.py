import pickle

import pytest

from pminusy.datasets.places import RowError, in_rows, row_number


def test_a_row_is_counted_from_1_until_somebody_knows_its_line():
    error = RowError("column 'a': got 'x'", 1999, "; sorry", "a")
    assert str(error) == "column 'a': got 'x' in row 2,000 (counted from 1); sorry"
    assert error.told("in line 7") == "column 'a': got 'x' in line 7; sorry"
    assert row_number(0) in str(RowError("got 'x'", 0))


def test_rows_of_a_part_are_rows_of_the_whole():
    with pytest.raises(RowError) as raised, in_rows(lambda row: row + 100):
        raise RowError("got 'x'", 3, ".", "a")
    assert (raised.value.row, raised.value.column, raised.value.after) == (103, "a", ".")


def test_advice_goes_last():
    assert str(RowError("got 'x'", 0, "; a").advised("; b")).endswith("; a; b")


def test_it_can_be_sent_to_another_process():
    error = RowError("got 'x'", 3, ".", "a")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
