from tests.proofread.repair.failing import SOFTMAX, edited, latex, scope

from pminusy.proofread.repair.edits.signs import change_case, drop_term, flip_sign, flip_signs, multiply_terms

AROUND = scope(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i y_i")


def test_the_sign_of_each_term_is_changed():
    assert latex("a + b", "-a - b") <= edited(flip_sign, "a - b", AROUND)
    assert latex("e^{-x}") <= edited(flip_sign, "e^x", AROUND)


def test_a_difference_is_turned_round():
    assert latex("b - a") <= edited(flip_signs, "a - b", AROUND)


def test_each_term_is_left_out():
    assert edited(drop_term, "a + b + c", AROUND) == latex("b + c", "a + c", "a + b")


def test_a_sum_becomes_a_product_or_a_factor_reaches_further():
    assert latex("a b") <= edited(multiply_terms, "a + b", AROUND)
    assert latex("a (b + c)") <= edited(multiply_terms, "a b + c", AROUND)


def test_the_value_of_a_case_is_changed():
    cases = r"\begin{cases} a & i = j \\ b & i \ne j \end{cases}"
    assert latex(cases.replace(" a ", " 0 "), cases.replace(" b ", " 1 ")) <= edited(
        change_case, cases, AROUND
    )
