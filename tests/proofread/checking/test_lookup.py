import numpy as np
from tests.proofread.reading import compared, evaluated, read


def test_an_entry_is_that_of_the_whole():
    of = read("y = A x", "0 + z = A_{ij} x_j", text=r"$A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$")
    whole, _ = evaluated("A", of)
    entries, inner = evaluated("A_{ij}", of)
    letters = sorted(inner.letters)
    assert letters == ["i", "j"]
    np.testing.assert_array_equal(entries[..., 0, 0], whole.transpose(2, 1, 0))


def test_a_definition_by_entries_also_stands_without_indices():
    assert compared(r"p^T x", r"\sum_j p_j x_j", r"p_j = \frac{e^{x_j}}{\sum_k e^{x_k}}")


def test_a_name_known_by_its_square_is_the_root():
    assert compared(r"\sigma^2", r"v + w", r"\sigma^2 = v + w")
    assert compared(r"\sigma \sigma", r"v + w", r"\sigma^2 = v + w")


def test_the_variable_of_a_derivative_moves_by_itself_and_not_through_its_definition():
    assert compared(r"\frac{dy}{da}", "2 a", "a = w x", "y = a^2")
    assert compared(r"\frac{dy}{dw}", "2 a x", "a = w x", "y = a^2")


def test_a_recursion_ends_in_free_values():
    assert compared(r"h_t - h_{t-1}", r"c_t", r"h_t = h_{t-1} + c_t")
