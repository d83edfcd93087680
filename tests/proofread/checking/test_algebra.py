import numpy as np
import pytest
from tests.proofread.reading import verdicts

from pminusy.errors import ShapeError
from pminusy.proofread import proofread
from pminusy.proofread.checking import algebra
from pminusy.proofread.checking.algebra import inverse
from pminusy.proofread.checking.dual import Dual, plain, tangent


def matrices(rng, *shape):
    return rng.standard_normal((2, *shape))


def moved(function, x, dx):
    """How a function's value moves, and by a central difference."""
    value = function(Dual(0, x, dx))
    return tangent(value, 0), (plain(function(x + 1e-6 * dx)) - plain(function(x - 1e-6 * dx))) / 2e-6


@pytest.mark.parametrize(
    "name", ["inverse", "determinant", "trace", "transpose", "softmax", "logsumexp", "total"]
)
def test_derivatives_of_functions_of_matrices(rng, name):
    x, dx = matrices(rng, 3, 3), matrices(rng, 3, 3)
    found, expected = moved(getattr(algebra, name), x, dx)
    np.testing.assert_allclose(np.broadcast_to(found, expected.shape), expected, rtol=1e-5, atol=1e-7)


def test_product_signs_mean_what_shapes_allow(rng):
    A, B, x, y = matrices(rng, 3, 4), matrices(rng, 4, 2), matrices(rng, 3, 1), matrices(rng, 3, 1)
    np.testing.assert_allclose(algebra.product(A, B, ""), A @ B)
    np.testing.assert_allclose(algebra.product(x, y, r"\odot"), x * y)
    np.testing.assert_allclose(algebra.product(x, y, r"\cdot"), (x * y).sum(1, keepdims=True))
    np.testing.assert_allclose(algebra.product(x, y, r"\otimes"), x @ np.swapaxes(y, 1, 2))
    np.testing.assert_allclose(algebra.product(A, A, ":·"), (A * A).sum((1, 2), keepdims=True))
    np.testing.assert_allclose(algebra.product(np.full((1, 1, 1), 2.0), A, ""), 2 * A)


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda A, x: algebra.matmul(A, x), "3 × 4 cannot be multiplied by 3 × 1"),
        (lambda A, x: algebra.aligned(A, x), "3 × 4 and 3 × 1 cannot be added"),
        (lambda A, x: algebra.inverse(A), "the inverse of a 3 × 4 matrix"),
        (lambda A, x: algebra.trace(A), "the trace of a 3 × 4 matrix"),
        (lambda A, x: algebra.determinant(A), "the determinant of a 3 × 4 matrix"),
    ],
)
def test_shapes_that_do_not_fit_are_told(rng, use, message):
    with pytest.raises(ShapeError, match=message):
        use(matrices(rng, 3, 4), matrices(rng, 3, 1))


def test_in_many_digits_inverse_and_determinant_are_by_elimination(rng):
    from mpmath import mp, mpf

    A = matrices(rng, 3, 3)
    exact = np.frompyfunc(mpf, 1, 1)(A)
    with mp.workdps(30):
        product = algebra.matmul(exact, algebra.inverse(exact))
        np.testing.assert_allclose(product.astype(float), np.broadcast_to(np.eye(3), (2, 3, 3)), atol=1e-25)
    np.testing.assert_allclose(algebra.determinant(exact).astype(float)[:, 0, 0], np.linalg.det(A))


def test_diagonal_goes_both_ways(rng):
    x = matrices(rng, 3, 1)
    np.testing.assert_array_equal(algebra.diagonal(algebra.diagonal(x)), x)


def test_a_singular_matrix_has_no_finite_inverse():
    assert not algebra.finite(algebra.inverse(np.zeros((1, 2, 2))))


def test_norms_and_stacks():
    x = np.array([[[3.0], [-4.0]]])
    assert algebra.norm(x, None).item() == 5
    assert algebra.norm(x, 1).item() == 7
    one, two = np.full((1, 1, 1), 1.0), np.full((1, 1, 1), 2.0)
    assert algebra.stacked([[one, two], [two, two]])[0].tolist() == [[1, 2], [2, 2]]


@pytest.mark.parametrize("name", ["A", "B", "M", "X"])
def test_a_projection_is_one_whatever_its_matrix_is_called(name):
    pages = (f"P = {name} ({name}^T {name})^{{-1}} {name}^T", "P^T = P", "P P = P")
    assert verdicts(*pages) == ["holds", "holds"]


def test_the_inverse_of_a_singular_matrix_has_no_value():
    wide = np.random.default_rng(3).uniform(size=(2, 3, 5))
    assert np.isnan(inverse(np.swapaxes(wide, -1, -2) @ wide)).all()
    assert np.isfinite(inverse(wide @ np.swapaxes(wide, -1, -2))).all()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"\mathrm{vec}(A X B) = (B^T \otimes A) \mathrm{vec}(X)",
            r"\mathrm{vec}(A X B) = (A \otimes B^T) \mathrm{vec}(X)",
        ),
        (
            r"(A \otimes B)(C \otimes D) = (A C) \otimes (B D)",
            r"(A \otimes B)(C \otimes D) = (B D) \otimes (A C)",
        ),
        (
            r"\mathrm{tr}(A^T B) = \mathrm{vec}(A)^T \mathrm{vec}(B)",
            r"\mathrm{tr}(A B) = \mathrm{vec}(A)^T \mathrm{vec}(B)",
        ),
    ],
)
def test_kronecker_products_and_vectorised_matrices(right, wrong):
    assert proofread(f"$${right}$$").steps[-1].verdict.value == "holds"
    assert not any(step.verdict.value == "holds" for step in proofread(f"$${wrong}$$").steps)


def test_a_product_of_vectors_with_that_sign_is_their_outer_product():
    line = r"\frac{\partial}{\partial W} \frac{1}{2} \|W x - t\|^2 = (W x - t) \otimes x"
    assert proofread(f"$${line}$$").steps[-1].verdict.value == "holds"


def test_the_softmax_of_a_row_runs_along_it(rng):
    x = matrices(rng, 1, 4)
    np.testing.assert_allclose(algebra.softmax(x), algebra.transpose(algebra.softmax(algebra.transpose(x))))


def test_a_vector_is_spread_over_the_columns_or_rows_of_a_matrix(rng):
    A, column, row = matrices(rng, 3, 4), matrices(rng, 3, 1), matrices(rng, 1, 4)
    for vector in (column, row):
        np.testing.assert_allclose(sum(algebra.spread(A, vector)), A + vector)
    assert algebra.spread(A, matrices(rng, 4, 1))[1].shape == (2, 4, 1)


def test_rows_have_inner_products_too(rng):
    x, y = matrices(rng, 1, 4), matrices(rng, 1, 4)
    np.testing.assert_allclose(algebra.product(x, y, r"\cdot"), (x * y).sum(2, keepdims=True))
