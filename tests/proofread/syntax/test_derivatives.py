import pytest
from tests.proofread.reading import tree, verdicts

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Call, Derivative, Differential, Multiply, Power, Symbol, Transpose
from pminusy.proofread.syntax.vocabulary import Reading, Vocabulary

L, X, Y = Symbol("L"), Symbol("x"), Symbol("y")


@pytest.mark.parametrize(
    ("latex", "variables"),
    [
        (r"\frac{\partial^2 L}{\partial x \partial y}", (X, Y)),
        (r"\frac{d^2 L}{dx^2}", (X, X)),
        (r"\frac{\partial^2 L}{\partial x^2}", (X, X)),
        (r"\partial_x L", (X,)),
        (r"dL/dx", (X,)),
        (r"\nabla_x^2 L", (X, X)),
    ],
)
def test_variables_are_as_many_as_the_order(latex, variables):
    node = tree(latex)
    assert isinstance(node, Derivative)
    assert (node.body, node.variables) == (L, variables)


def test_an_order_that_does_not_fit_its_variables_is_refused():
    with pytest.raises(Unreadable, match="order 2 with respect to 3 variables"):
        tree(r"\frac{\partial^2 L}{\partial x \partial y \partial z}")


def test_a_derivative_can_be_squared_and_transposed():
    assert isinstance(tree(r"\frac{\partial L}{\partial x}^2"), Power)
    assert isinstance(tree(r"\frac{\partial L}{\partial x}^T"), Transpose)


def test_an_operator_takes_the_product_or_in_the_narrow_reading_the_factor():
    latex = r"\frac{d}{dx} (x + 1) y"
    assert isinstance(tree(latex), Derivative)
    narrow = Vocabulary(reading=Reading(wide_operators=False))
    assert isinstance(tree(latex, narrow), Multiply)


def test_a_derivative_at_a_place_is_a_call_with_a_prime():
    functions = Vocabulary(functions=frozenset("f"))
    node = tree(r"\frac{df}{dx}(a)", functions)
    assert isinstance(node, Call)
    assert (node.function, node.primes) == (Symbol("f"), 1)


def test_d_is_an_operator_on_pages_with_differentials_only():
    tokens = tokenize("d y")
    assert isinstance(parse(tokens, Vocabulary(differentials=True), 3), Differential)
    assert not isinstance(parse(tokens, Vocabulary(), 3), Differential)


def test_operators_and_coordinates_of_the_page():
    named = Vocabulary(operators=(("D", "a"),))
    assert tree("D_j L", named) == Derivative(L, (Symbol("a", (Symbol("j"),)),), "subscript")
    coordinates = Vocabulary(coordinates="z")
    assert tree(r"\partial_i L", coordinates).variables == (Symbol("z", (Symbol("i"),)),)


def test_a_transposed_gradient_is_not_the_gradient_of_a_product() -> None:
    pages = (r"f(x) = \frac12 x^T A x - b^T x", r"f(x + h) = f(x) + \nabla f(x)^T h + \frac12 h^T A h")
    assert verdicts(*pages) == ["holds"]
    assert verdicts(*pages[:1], pages[1].replace(r"\frac12 h", "h"))[0] != "holds"


def test_an_operator_may_act_on_a_term_with_a_minus_if_that_has_its_variable():
    assert tree(r"\frac{d}{dx} -x^2 y + c") == tree(r"\frac{d}{dx} (-x^2 y) + c") or verdicts(
        r"\frac{d}{dx} -x^2 y + c = -2xy + c"
    ) == ["holds"]
    assert verdicts(r"\nabla_w -w^2 = -2w") == ["holds"]
    with pytest.raises(Unreadable):
        tree(r"(\frac{d}{dx} - a) x")
