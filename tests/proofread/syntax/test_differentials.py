"""What an integral is over, wherever its differential stands."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.differentials import integrated
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.tree import Integral, Symbol


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"\int_0^1 \frac{dx}{1 + x}", r"\int_0^1 \frac{1}{1 + x} dx"),
        (r"\int_0^1 dx \, x^2", r"\int_0^1 x^2 dx"),
    ],
)
def test_a_differential_inside_belongs_behind(written, plain):
    found, usual = tree(written), tree(plain)
    assert isinstance(found, Integral)
    assert isinstance(usual, Integral)
    assert (found.variable, found.low, found.high) == (usual.variable, usual.low, usual.high)


def test_names_behind_a_d():
    assert set(integrated(tokenize(r"\int f(x) g(t) dx dt"))) == {"x", "t"}
    assert set(integrated(tokenize(r"\frac{dy}{dx}"))) == set()


def test_a_double_integral_has_its_variables_inside_out():
    found = tree(r"\int_0^1 \int_0^2 x y \, dx \, dy")
    assert isinstance(found, Integral)
    assert found.variable == Symbol("y")
