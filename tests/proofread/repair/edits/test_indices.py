from tests.proofread.repair.failing import edited, latex, scope

from pminusy.proofread.repair.edits.indices import (
    change_deltas,
    exchange_indices,
    exchange_letters,
    shift_index,
    swap_index,
)

AROUND = scope(r"s = \sum_i \sum_j w_{ij} p_i y_j", r"\frac{\partial s}{\partial w_{ij}} = p_j y_i")


def test_another_letter_in_one_place():
    assert edited(swap_index, "p_i y_j", AROUND) >= latex("p_j y_j", "p_i y_i")
    assert edited(swap_index, r"\delta_{ij}", AROUND) >= latex(r"\delta_{jj}", r"\delta_{ii}")


def test_letters_of_the_sums_around_count_too():
    assert edited(swap_index, r"\sum_k p_i", AROUND) >= latex(r"\sum_k p_k")


def test_two_indices_are_exchanged():
    assert edited(exchange_indices, "w_{ij}", AROUND) == latex("w_{ji}")


def test_an_index_is_moved_by_one_and_back():
    assert edited(shift_index, "p_i", AROUND) == latex("p_{i-1}", "p_{i+1}")
    assert edited(shift_index, "p_{i-1}", AROUND) == latex("p_i")


def test_letters_are_exchanged_throughout_a_term():
    assert latex("p_j y_i") <= edited(exchange_letters, "p_i y_j", AROUND)


def test_a_delta_is_added_or_taken_away():
    assert latex(r"\delta_{ij} p_i") <= edited(change_deltas, "p_i", AROUND)
    assert latex("p_i") <= edited(change_deltas, r"\delta_{ij} p_i", AROUND)
