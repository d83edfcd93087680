import numpy as np
from tests.proofread.reading import compared, evaluated, read

from pminusy.proofread.checking.tables import entries, hits


def at(n):
    return np.full((1, 1, 1), n)


def test_entries_at_indices_are_those_of_the_whole():
    _, env = evaluated("A x", read("y = A x", "0 + z = A_{ij}"))
    whole = entries("A", (), env)
    assert (entries("A", (at(2), at(1)), env)[..., 0, 0] == whole[:, 1, 0]).all()
    np.testing.assert_array_equal(entries("A", (at(2),), env)[..., 0], whole[:, 1])


def test_another_name_has_other_values_of_the_same_shape():
    _, env = evaluated("A x", read("y = A x", "0 + z = A_{ij}"))
    one, other = entries("A", (), env), entries("A", (), env, "dA")
    assert one.shape == other.shape
    assert (one != other).any()


def test_a_hit_is_the_wanted_entry():
    _, env = evaluated("A x", read("y = A x", "0 + z = A_{ij}"))
    assert hits("A", (at(2), at(1)), (at(2), at(1)), env).item() == 1
    assert hits("A", (at(2), at(1)), (at(2), at(2)), env).item() == 0
    by_place = hits("A", (), (at(2), at(1)), env)[0]
    assert by_place.sum() == by_place[1, 0] == 1


def test_the_unit_matrix_and_vectors_of_ones_are_known():
    assert compared("x^T I x", "x^T x")
    assert compared(r"\mathbf{1}^T x", r"\sum_i x_i")


def test_entries_that_the_page_gives_are_fixed():
    assert compared("h_0 + a", "a", "h_0 = 0", "h_t = h_{t-1} + c_t")
