import numpy as np
from tests.proofread.reading import model, tree

from pminusy.proofread.checking.sampling import points


def point(of):
    return next(points(of, "real", (), range(1), 1, 0))


def test_sizes_of_different_ranges_differ_and_are_the_same_for_joined_ones():
    of = model(r"y_i = \sum_j A_{ij} x_j", r"s = \sum_i y_i")
    at = point(of)
    rows, columns, entries = (
        of.ranges.index_range(name, n, at) for name, n in (("A", 0), ("A", 1), ("x", 0))
    )
    assert len(columns) == len(entries)
    assert len(rows) != len(columns)
    assert rows[0] == 1


def test_a_range_that_begins_at_zero_is_counted_from_there():
    of = model(r"s = \sum_{n=0}^{N-1} a_n")
    assert of.ranges.index_range("a", 0, point(of))[0] == 0
    assert of.ranges.first_index("a", 0) == 0


def test_an_upper_limit_has_the_size_of_its_range():
    of = model(r"s = \sum_{n=1}^{N} a_n")
    assert of.ranges.size("N", point(of)) == len(of.ranges.index_range("a", 0, point(of)))


def test_letters_take_the_values_of_their_slots():
    of = model(r"s = \sum_k a_k", "b_k = a_k^2 + 0")
    found = of.ranges.range_of_letter("k", (tree("a_k"),), point(of))
    np.testing.assert_array_equal(found, of.ranges.index_range("a", 0, point(of)))


def test_indices_written_out_as_numbers_are_the_values_of_a_free_letter():
    of = model(r"h = \theta_0 + \theta_1 x", r"g + 0 = \theta_k")
    assert set(of.ranges.free_range("k", (tree(r"\theta_k"),), point(of))) <= {0, 1, 2, 3}


def test_a_range_that_ends_at_a_difference_has_room_for_one():
    of = model(r"s = \sum_{i=1}^{n-k+1} a_i", r"t = \sum_{i=1}^{k} b_i")
    for turn in range(4):
        sizes = of.ranges.draw_sizes(turn)
        assert all(size >= 1 for size in sizes.values())


def test_different_turns_draw_different_sizes():
    of = model(r"s = \sum_i a_i")
    assert len({tuple(of.ranges.draw_sizes(turn).values()) for turn in range(4)}) > 1


def test_a_letter_that_stands_nowhere_has_some_values():
    of = model("a = b")
    assert of.ranges.range_of_letter("k", (tree("a"),), point(of)).size > 0
