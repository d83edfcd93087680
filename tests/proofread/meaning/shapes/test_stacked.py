from tests.proofread.reading import compared, model

PAGE = (r"L = \|X w - t\|^2", r"\nabla_w L = 2 \sum_i x_i (x_i^T w - t_i)")


def test_a_matrix_of_the_same_letter_has_the_vectors_as_rows_where_lengths_say_so():
    assert "X" in model(*PAGE).definitions
    assert compared(r"\nabla_w L", r"2 X^T (X w - t)", *PAGE)


def test_a_capital_without_vectors_of_its_letter_is_a_quantity_of_its_own():
    assert "X" not in model(PAGE[0]).definitions
