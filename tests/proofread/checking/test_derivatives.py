import pytest
from tests.proofread.reading import compared, evaluated, read, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.checking.algebra import shape_of
from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.proof import Verdict


@pytest.mark.parametrize(
    ("left", "right", "definitions"),
    [
        (r"\frac{dy}{dx}", "2 x a", ("y = a x^2 + b",)),
        (r"\frac{\partial y}{\partial x_j}", "2 x_j", (r"y = \sum_i x_i^2",)),
        (r"\frac{\partial y_i}{\partial x_j}", r"\delta_{ij} a_i", ("y_i = a_i x_i",)),
        (r"\frac{d^2 y}{d x^2}", "6 x", ("y = x^3",)),
        (r"\frac{\partial^2 y}{\partial a \partial b}", "2 b", ("y = a b^2",)),
        (r"\frac{d y}{d s^2}", "3", ("y = 3 s^2",)),
        (r"\frac{d}{dx} g(x)", "2 x", ("g(t) = t^2",)),
    ],
)
def test_derivatives_go_through_definitions(left, right, definitions):
    assert compared(left, right, *definitions)
    assert compared(left, f"{right} + 1", *definitions).equal is False


def test_what_does_not_move_has_derivative_0():
    assert compared(r"\frac{dy}{dx}", "0", "y = a b")


@pytest.mark.parametrize(
    ("layout", "shape"),
    [(Layout(), "column"), (Layout("row", "numerator"), "row"), (Layout("column", "denominator"), "column")],
)
def test_a_gradient_is_laid_out_as_asked(layout, shape):
    of = read(r"L = x^T x", r"g + 0 = \nabla_x L")
    value, _ = evaluated(r"\nabla_x L", of, layout=layout)
    rows, columns = shape_of(value)
    assert (rows > 1, columns > 1) == (shape == "column", shape == "row")


@pytest.mark.parametrize(("jacobian", "turned"), [("numerator", False), ("denominator", True)])
def test_a_jacobian_has_the_rows_of_its_layout(jacobian, turned):
    text = r"$A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$"
    of = read("y = A x", r"J + 0 = \frac{\partial y}{\partial x}", text=text)
    layout = Layout(jacobian=jacobian)
    J, _ = evaluated(r"\frac{\partial y}{\partial x}", of, layout=layout)
    A, _ = evaluated("A", of)
    assert J.shape[-2:] == (A.shape[-1:] + A.shape[-2:-1] if turned else A.shape[-2:])
    assert ((A.swapaxes(-1, -2) if turned else A) == J).all()


def test_a_differential_moves_everything_at_once():
    assert proofread("$y = a x$ $$dy = x\\,da + a\\,dx$$").verdict is Verdict.CORRECT
    assert proofread("$y = a x$ $$dy = x\\,da - a\\,dx$$").verdict is not Verdict.CORRECT


def test_a_derivative_by_something_that_is_no_symbol_is_undecided():
    assert compared(r"\frac{d y}{d (x + 1)}", "1", "y = x").equal is None


def test_a_gradient_by_a_vector_that_a_function_is_called_with():
    page = (r"h(x, w) = \ln(1 + e^{x^T w})", r"s(x, w) = \nabla_w h(x, w)", "w^T w = c")
    right = r"s(x, A w) = \frac{x}{1 + e^{-x^T A w}}"
    assert verdicts(*page, right)[-1] == "holds"
    assert verdicts(*page, right.replace(r"\frac{x}", r"\frac{A x}"))[-1] != "holds"
