from tests.proofread.repair.failing import SOFTMAX, edited, latex, scope

from pminusy.proofread.repair.edits.sums import (
    add_sum,
    add_sum_within,
    change_exclusion,
    change_limits,
    drop_sum,
    move_logarithm,
)

AROUND = scope(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i y_i")


def test_an_index_is_left_out_of_a_sum_or_no_longer():
    assert edited(change_exclusion, r"\sum_k y_k", AROUND) == latex(r"\sum_{k \ne i} y_k")
    assert edited(change_exclusion, r"\sum_{k \ne i} y_k", AROUND) == latex(r"\sum_k y_k")


def test_limits_are_moved_by_one():
    found = edited(change_limits, r"\sum_{k=1}^{n} y_k", AROUND)
    assert found == latex(r"\sum_{k=1}^{n-1} y_k", r"\sum_{k=1}^{n+1} y_k", r"\sum_{k=0}^{n} y_k")


def test_a_sum_is_added_over_a_letter_of_the_term():
    assert latex(r"\sum_i p_i y_i") <= edited(add_sum, "p_i y_i", AROUND)


def test_all_outputs_are_summed_over_where_one_stood():
    assert any(r"\sum" in each and "p_i" in each for each in edited(add_sum_within, "p_i y_i", AROUND))


def test_a_sum_is_taken_away():
    assert edited(drop_sum, r"\sum_k y_k p_i", AROUND) == latex("y_k p_i")


def test_a_logarithm_goes_into_a_sum_and_out_of_it():
    inside, outside = r"\sum_k \log(y_k)", r"\log(\sum_k y_k)"
    assert latex(outside) == edited(move_logarithm, inside, AROUND)
    assert latex(inside) == edited(move_logarithm, outside, AROUND)
