from tests.proofread.reading import compared, model

from pminusy.proofread.meaning.shapes.stacked import stacked

PAGE = (r"L = \|X w - t\|^2", r"\nabla_w L = 2 \sum_i x_i (x_i^T w - t_i)")


def test_a_matrix_of_the_same_letter_has_the_vectors_as_rows_where_lengths_say_so():
    assert "X" in model(*PAGE).definitions
    assert compared(r"\nabla_w L", r"2 X^T (X w - t)", *PAGE)


def test_a_capital_without_vectors_of_its_letter_is_a_quantity_of_its_own():
    assert "X" not in model(PAGE[0]).definitions


def test_columns_with_their_number_above_and_a_row_of_numbers():
    page = (r"L = \sum_{i=1}^m (w^T x^{(i)} - y^{(i)})^2", r"\nabla_w L = 2 X (w^T X - Y)^T")
    text = r"Let $X \in \mathbb{R}^{d \times m}$."
    assert compared("L", "(w^T X - Y)(w^T X - Y)^T", *page, text=text)


def test_one_length_will_do_where_it_is_loose():
    of = model(r"L = \|X w - Y\|^2", r"K = \sum_{i=1}^n (w^T x_i - y_i)^2")
    assert not {"X", "Y"} & of.definitions.keys()
    assert {"X", "Y"} <= stacked(of.trees, of.families, of.shapes, {}, loosely=True).keys()
