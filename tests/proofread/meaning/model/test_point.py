import numpy as np
import pytest

from pminusy.proofread.meaning.model.point import NARROW, WIDE, Point, margins
from pminusy.proofread.meaning.model.undecidable import Undecidable


def test_a_family_has_the_same_table_every_time_and_another_seed_another():
    first, again, other = (Point(seed, 2, {}).table("x", (3,)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert (Point(1, 2, {}).table("y", (3,)) != first).any()


def test_tables_reach_beyond_their_range():
    low, beyond = margins(2)
    assert Point(1, 2, {}).table("x", (3, 4)).shape == (2, 3 + beyond - low, 4 + beyond - low)
    assert margins(1) == WIDE
    assert margins(9) == NARROW


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("positive", lambda x: (x > 0).all()),
        ("unit", lambda x: ((x > 0) & (x < 1)).all()),
        ("negative", lambda x: (x < 0).all()),
        ("integer", lambda x: (x == x.astype(int)).all()),
    ],
)
def test_a_family_has_the_kind_that_is_said_of_it(kind, holds):
    assert holds(Point(1, 3, {0: 4}, kinds={"x": kind}).table("x", (5,)))


def test_a_change_is_made_when_the_table_is_drawn():
    point = Point(1, 1, {}, changes={"x": np.ones_like})
    assert (point.table("x", (2,)) == 1).all()


def test_in_many_digits_values_are_those_of_float64():
    exact, plain = Point(1, 1, {}, digits=30).table("x", (2,)), Point(1, 1, {}).table("x", (2,))
    assert exact.dtype == object
    np.testing.assert_array_equal(exact.astype(float), plain)


def test_too_many_entries_are_undecided():
    with pytest.raises(Undecidable, match="x has too many indices"):
        Point(1, 3, {}).table("x", (40, 40, 40, 40))
