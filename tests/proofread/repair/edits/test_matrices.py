from tests.proofread.repair.failing import LEAST_SQUARES, SOFTMAX, edited, latex, scope

from pminusy.proofread.repair.edits.matrices import change_transpose, embrace, reorder

AROUND = scope(*LEAST_SQUARES, r"\nabla_w J = -2 X (t - X w)")
NUMBERS = scope(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i y_i")


def test_a_transpose_is_added_or_taken_away():
    assert latex("X^T t") <= edited(change_transpose, "X t", AROUND)
    assert latex("X t") <= edited(change_transpose, r"X^\top t", AROUND)


def test_a_product_is_transposed_factor_by_factor():
    assert latex("(X w)^T") & edited(change_transpose, "X w", AROUND) == set()


def test_factors_come_in_another_order_or_all_transposed():
    found = edited(reorder, "2 X w", AROUND)
    assert latex("2 w X", "2 w^T X^T") <= found


def test_a_square_is_put_around_what_follows():
    assert latex("X w X") <= edited(embrace, "X^2 w", AROUND)


def test_numbers_are_neither_transposed_nor_reordered():
    assert edited(change_transpose, "p_i y_i", NUMBERS) == set()
    assert edited(reorder, "p_i y_i", NUMBERS) == set()
