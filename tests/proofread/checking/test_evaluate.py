import numpy as np
import pytest
from tests.proofread.reading import compared, evaluated, number, read, tree, verdicts

from pminusy.proofread.checking.evaluate import MOST_VISITS, Evaluator
from pminusy.proofread.meaning.model.undecidable import Undecidable


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("2 + 3 - 4", 1),
        (r"2 \cdot 3^2", 18),
        (r"\frac{6}{4}", 1.5),
        (r"|-3|", 3),
        (r"\pi", np.pi),
        ("e^0", 1),
        (r"\begin{cases} 5 & 1 = 2 \\ 7 & \text{otherwise} \end{cases}", 7),
        (r"\mathbb{1}[2 = 2]", 1),
        (r"\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix}", -2),
    ],
)
def test_numbers(formula, value):
    assert number(formula) == pytest.approx(value)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(A B)^T", "B^T A^T"),
        ("A^2", "A A"),
        ("A^{-1} A", "I"),
        (r"\|x\|^2", "x^T x"),
        (r"\langle x, z \rangle", "z^T x"),
        (r"(A x)_i", r"\sum_j A_{ij} x_j"),
        (r"\mathrm{tr}(A B)", r"\mathrm{tr}(B A)"),
    ],
)
def test_vectors_and_matrices(left, right):
    text = "Let $A$ and $B$ be symmetric matrices. " if left in ("A^2", "A^{-1} A") else ""
    assert compared(left, right, text=text)


def test_in_many_digits_numbers_are_exact():
    value, _ = evaluated("0.1 + 0.2", read("0 + z = 0.1 + 0.2"), digits=40)
    from mpmath import mpf

    assert value.dtype == object
    assert abs(value.ravel()[0] - mpf(3) / 10) < 1e-15


def test_an_evaluator_does_so_much_work_and_no_more():
    evaluator = Evaluator()
    evaluator.spend(MOST_VISITS)
    with pytest.raises(Undecidable, match="too large to evaluate"):
        evaluator.spend(1)


def test_a_vector_where_a_number_is_expected_is_undecided():
    of = read("L = x^T x", "0 + y = A x")
    _, env = evaluated("L", of)
    with pytest.raises(Undecidable, match="a vector where a number is expected"):
        Evaluator().number(tree("A x"), env)


@pytest.mark.parametrize(
    "formula",
    [
        "x^T A^k A x = x^T A^{k+1} x",
        r"(Q D Q^{-1})^n x = Q D^n Q^{-1} x",
        r"(I - \eta H)^n x = (I - \eta H)^{n-1} (x - \eta H x)",
    ],
)
def test_powers_of_a_matrix_with_a_free_exponent(formula):
    assert verdicts(formula) == ["holds"]


def test_powers_of_a_matrix_do_not_commute_with_others():
    assert "holds" not in verdicts("x^T (A B)^n x = x^T A^n B^n x", text="The matrix $A$ and the matrix $B$.")
