import pytest

from pminusy.proofread import proofread

RIGHT = [
    r"(P Q)_{ac} = P_{ab} Q_{bc}",
    r"\frac{\partial}{\partial u_c} (M_{ab} u_a u_b) = M_{cb} u_b + M_{ac} u_a",
    r"\delta_{ab} u_b v_a = u_a v_a",
]


@pytest.mark.parametrize("formula", RIGHT)
def test_an_index_that_stands_twice_is_summed_over(formula):
    (step,) = proofread(f"$${formula}$$").steps
    assert step.holds


def test_what_does_not_hold_with_sums_either_stays_open():
    page = r"$$(P Q)_{ac} = {}$$ $$\delta_{ac} P_{cb} = P_{ab}$$"
    assert [s.holds for s in proofread(page.replace("{}", "P_{ab} Q_{bc}")).steps] == [True, True]
    assert [s.holds for s in proofread(page.replace("{}", "P_{ba} Q_{bc}")).steps] != [True, True]


def test_a_written_sum_is_the_only_one():
    (step,) = proofread(r"$$w_a = P_{ab} u_b$$ $$\sum_a w_a v_a + 0 = P_{ab} u_b v_a$$").steps
    assert not step.holds
