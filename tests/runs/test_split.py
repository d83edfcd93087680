import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.runs.split import hold_out

LABELS = st.lists(st.integers(0, 6), min_size=1, max_size=60).map(np.array)
SHARES = st.floats(0, 1, exclude_max=True)


@given(LABELS, SHARES, st.integers(0, 2**32 - 1))
def test_every_class_keeps_a_row_and_no_more_are_held_out_than_asked(y, share, seed):
    held_out = hold_out(y, share, seed)
    assert set(y[~held_out]) == set(y)
    assert held_out.sum() <= math.ceil(share * len(y))


@given(LABELS, SHARES, st.integers(0, 100))
def test_the_seed_decides(y, share, seed):
    assert np.array_equal(hold_out(y, share, seed), hold_out(y, share, seed))


def test_another_seed_gives_other_rows():
    y = np.arange(200) % 4
    assert not np.array_equal(hold_out(y, 0.3, 0), hold_out(y, 0.3, 1))


def test_classes_are_held_out_in_proportion():
    y = np.repeat(["a", "b", "c"], [500, 300, 200])
    classes, counts = np.unique(y[hold_out(y, 0.2, 0)], return_counts=True)
    assert classes.tolist() == ["a", "b", "c"]
    assert counts.tolist() == [100, 60, 40]


def test_more_classes_than_held_out_rows_are_split_by_chance():
    y = np.repeat(np.arange(30), 2)
    assert hold_out(y, 0.1, 0).sum() == 6


def test_a_class_of_one_row_is_never_held_out():
    y = np.array([0] * 10 + [1] * 10 + [2])
    assert not any(hold_out(y, 0.5, seed)[-1] for seed in range(20))


@pytest.mark.parametrize("y", [np.arange(10), np.array([0, 0]), np.array([3])])
def test_no_row_is_held_out_where_none_can_be_spared(y):
    assert hold_out(y, 0.5, 0).sum() == (1 if len(y) == 2 else 0)


def test_a_share_of_zero_holds_none_out():
    assert not hold_out(np.arange(100) % 2, 0.0, 0).any()
