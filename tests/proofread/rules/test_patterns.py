from tests.proofread.reading import tree

from pminusy.proofread.rules.patterns import filled, instances, pattern
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex


def found(wanted, formula):
    for letters, rest in instances(pattern(wanted), Tidy()(tree(formula))):
        return {name: to_latex(node) for name, node in letters.items()}, rest and to_latex(rest)
    return None


def test_terms_are_found_in_any_order_among_others():
    letters, rest = found(r"\sin^2 u + \cos^2 u", r"x + \cos^2 (a t) + \sin^2 (a t)")
    assert letters["u"] == "a t"
    assert rest == "x"


def test_a_letter_stands_for_the_same_everywhere():
    assert found(r"\sin^2 u + \cos^2 u", r"\cos^2 x + \sin^2 y") is None


def test_a_letter_takes_all_other_factors():
    letters, rest = found(r"\sin(2 u)", r"\sin(2 x y)")
    assert letters["u"] == "x y"
    assert rest is None


def test_a_pattern_is_filled():
    assert to_latex(filled(pattern(r"2 \sin u \cos u"), {"u": tree("x + y")})).count("x + y") == 2
