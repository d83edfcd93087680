from tests.proofread.reading import families, tree

from pminusy.proofread.meaning.names.literals import written_out

ALL = (r"\theta_0 + \theta_1 x", r"\theta_j", r"\delta_{jk}")


def test_slots_that_the_page_fills_with_numbers():
    assert written_out(map(tree, ALL), families(*ALL)) == {(r"\theta", 0): {0, 1}}


def test_a_slot_that_a_sum_runs_over_or_with_one_number_is_none():
    summed = (*ALL, r"\sum_j \theta_j")
    assert written_out(map(tree, summed), families(*summed)) == {}
    single = (r"\theta_0", r"\theta_j", r"\delta_{jk}")
    assert written_out(map(tree, single), families(*single)) == {}
