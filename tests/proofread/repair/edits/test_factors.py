from tests.proofread.reading import tree
from tests.proofread.repair.failing import LEAST_SQUARES, SOFTMAX, edited, latex, scope

from pminusy.proofread.repair.edits.factors import (
    add_term,
    divided,
    drop_factor,
    invert,
    multiply_by_both,
    multiply_by_expression,
    multiply_by_number,
    replace_factor,
    times,
)
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Number, Symbol

AROUND = scope(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i y_i")


def test_each_factor_and_denominator_is_left_out():
    assert edited(drop_factor, "2 a b", AROUND) == latex("a b", "2 b", "2 a")
    assert edited(drop_factor, r"\frac{a}{b}", AROUND) == latex("a", r"\frac{1}{b}")


def test_a_fraction_is_turned_over():
    assert edited(invert, r"\frac{a}{b}", AROUND) == latex(r"\frac{b}{a}")


def test_numbers_are_put_before_terms_or_changed():
    assert latex("2 p_i", r"\frac{1}{2} p_i") <= edited(multiply_by_number, "p_i", AROUND)
    assert latex("2 x", "0 x") <= edited(multiply_by_number, "3 x", AROUND)


def test_quantities_of_the_page_are_put_before_terms_and_below_them():
    found = edited(multiply_by_expression, "y_i", AROUND)
    assert latex("p_i y_i", r"\frac{y_i}{p_i}") <= found


def test_vectors_are_put_on_either_side():
    around = scope(*LEAST_SQUARES, r"\nabla_w J = -2 X (t - X w)")
    found = edited(multiply_by_expression, "t", around)
    assert latex("X t", "t X") <= found


def test_a_number_and_a_quantity_are_put_at_once():
    assert latex("2 p_i y_i") <= edited(multiply_by_both, "y_i", AROUND)


def test_another_quantity_stands_where_one_stood():
    assert latex("y_i") <= edited(replace_factor, "p_i", AROUND)


def test_a_term_is_added_with_either_sign():
    assert latex("p_i + 1", "p_i - 1", "p_i - y_i") <= edited(add_term, "p_i", AROUND)


def test_factors_go_into_numerators_and_denominators():
    half = tree(r"\frac{1}{2}")
    assert to_latex(times(Symbol("a"), half)) == r"\frac{a}{2}"
    assert to_latex(divided(half, Symbol("a"))) == r"\frac{1}{2 a}"
    assert to_latex(divided(Number("3"), Symbol("a"))) == r"\frac{3}{a}"
