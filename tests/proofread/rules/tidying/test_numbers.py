"""Numbers in trees."""

from fractions import Fraction

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.build import number
from pminusy.proofread.rules.tidying.numbers import factors_of, fraction_of, length, power_of, split_sign
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        ("12", 12),
        (r"-\frac{3}{6}", Fraction(-1, 2)),
        ("(7)", 7),
        ("x", None),
        (r"\frac{1}{0}", None),
        ("4.5", None),
    ],
)
def test_what_a_number_is_worth(latex, value):
    assert fraction_of(tree(latex)) == value


def test_a_fraction_and_back():
    assert to_latex(number(Fraction(-5, 3))) == r"-\frac{5}{3}"
    assert fraction_of(number(Fraction(-5, 3))) == Fraction(-5, 3)


def test_signs_cancel_out():
    minus, rest = split_sign(tree("-(-a)"))
    assert (minus, rest) == (False, tree("a"))


def test_factors_are_found_in_parentheses():
    assert list(map(to_latex, factors_of(tree("a (b c)")))) == ["a", "b", "c"]


def test_parentheses_do_not_count():
    assert length(tree("(a) + b")) == length(tree("a + b")) == 3


@pytest.mark.parametrize(
    ("latex", "exponent"), [("(a)^3", 3), ("a^{-1}", -1), ("a", 1), (r"a^{\frac{1}{2}}", 1)]
)
def test_whole_powers(latex, exponent):
    base, power = power_of(tree(latex))
    assert power == exponent
    assert (base == tree("a")) == (latex != r"a^{\frac{1}{2}}")
