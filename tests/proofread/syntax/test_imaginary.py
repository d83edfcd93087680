import pytest

from pminusy.proofread.syntax.imaginary import imaginary_units, with_imaginary_units
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.names import IMAGINARY


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        (r"f(t) = e^{ikt}", {"i"}),
        (r"\exp(-j \omega t)", {"j"}),
        (r"i^2 = -1", {"i"}),
        (r"e^{-i} = \sum_{i = 1}^n a_i", set()),
        (r"e^{i t} \quad x_i", set()),
        (r"e^{x_i}", set()),
        (r"1 + i t", set()),
    ],
)
def test_a_factor_in_a_power_of_e_is_the_unit_unless_it_is_an_index(formula, letters):
    assert imaginary_units([tokenize(formula)], "") == letters


def test_the_text_may_speak_of_complex_numbers():
    assert imaginary_units([tokenize("z = x + iy")], "Let z be a complex number.") == {"i"}
    assert imaginary_units([tokenize("z_i = x + iy")], "Let z be a complex number.") == frozenset()


def test_an_index_at_an_evaluation_bar_is_none():
    assert imaginary_units([tokenize(r"F(z) \Big|_{z = e^{j\omega}}")], "") == {"j"}


def test_the_unit_gets_its_own_name():
    tokens = with_imaginary_units(tokenize("i x + j"), frozenset("i"))
    assert [token.text for token in tokens] == [IMAGINARY, "x", "+", "j"]
