import numpy as np
import pytest
from tests.proofread.reading import evaluated, read, tree

from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Partial


def test_a_partial_derivative_is_taken_before_the_arguments_are_put_in():
    page = read(r"f(x, y) = x^2 y^3")
    value, _ = evaluated(r"\frac{\partial f}{\partial x}(3, 2)", page)
    assert np.allclose(value, 2 * 3 * 2**3)
    second, _ = evaluated(r"\frac{\partial^2 f}{\partial x \partial y}(3, 2)", page)
    assert np.allclose(second, 2 * 3 * 3 * 2**2)


def test_a_gradient_is_the_column_of_all_of_them():
    value, _ = evaluated(r"\nabla f(1, 2)", read(r"f(x, y) = x^2 y"))
    assert np.allclose(value[..., 0], [4, 1])


def test_arguments_are_named_by_calls_where_the_page_has_no_definition():
    page = read(r"\frac{d}{ds} F(u, v) = a")
    evaluated(r"\frac{\partial F}{\partial v}(1, 2)", page)
    with pytest.raises(Undecidable, match="which argument"):
        evaluated(r"\frac{\partial F}{\partial w}(1, 2)", page)


@pytest.mark.parametrize(
    "latex", [r"\frac{\partial f}{\partial x}\left(a, b\right)", r"\nabla f\left(a, b\right)"]
)
def test_it_is_written_as_it_was_read(latex):
    node = tree(latex)
    assert isinstance(node, Partial)
    assert to_latex(node) == latex
