import pytest
from tests.proofread.rules.settings import two


def same(left, right, *formulas):
    """Which keys are equal: shape, algebra, sums, meaning."""
    keys, one, other = two(left, right, *formulas)
    every = (keys.shape, keys.algebra, keys.sums, keys.meaning)
    return [key(one) == key(other) for key in every]


def test_order_and_signs_are_no_difference():
    assert same("a b - c", "-c + b a") == [True] * 4
    assert same(r"-(a - b)", "b - a") == [True] * 4
    assert same(r"\sum_i \sum_k y_i z_k", r"\sum_j \sum_i y_j z_i") == [True] * 4


def test_arithmetic_is_seen_through():
    assert same(r"a (b + c)", "a b + a c") == [False, True, True, True]
    assert same(r"\frac{a}{b} + \frac{c}{b}", r"\frac{a + c}{b}") == [False, True, True, True]
    assert same(r"\frac{a^2 - b^2}{a - b}", "a + b") == [False, True, True, True]


def test_what_differs_has_other_keys():
    assert same("a b", "a + b") == [False] * 4
    assert same(r"\sum_k y_k z_k", r"\sum_k y_k \sum_k z_k") == [False] * 4
    assert same(r"\frac{1}{a}", r"\frac{1}{b}") == [False] * 4


def test_sums_are_seen_through():
    assert same(r"\sum_k (a y_k + z_k)", r"a \sum_k y_k + \sum_k z_k") == [False, False, True, True]
    assert same(r"\sum_k z_k \delta_{ki}", "z_i") == [False, False, True, True]
    assert same(r"\sum_k z_k y_i", r"z_i y_i + \sum_{k \ne i} z_k y_i") == [False, False, True, True]


def test_definitions_are_seen_through():
    softmax = r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}"
    assert same(r"p_i \sum_j e^{z_j}", "e^{z_i}", softmax) == [False, False, False, True]


def test_roots_of_numbers_and_squares():
    assert same(r"\sqrt{12}", r"2 \sqrt{3}")[1]
    assert same(r"\sqrt{a b} \sqrt{b}", r"\sqrt{a} b")[1]
    assert same(r"\frac{1}{\sqrt{2}}", r"\frac{\sqrt{2}}{2}")[1]


def test_the_order_of_matrices_is_kept():
    given = r"q = x^T A B y + x^T B A y"
    assert same("A B y", "B A y", given) == [False] * 4
    assert same("(A B)^T", "B^T A^T", given)[1]


def test_sums_with_and_without_their_usual_limits_are_the_same():
    assert same(r"\sum_{k=1}^{K} z_k", r"\sum_k z_k")[0]


def test_division_by_zero_has_no_value():
    keys, one, _ = two(r"\frac{a}{b - b}", "a")
    assert keys.algebra(one) is None


@pytest.mark.parametrize("under", ["a + b", "u v + 3", r"\log x + y^2", "z_1 + z_2 + 7", r"\frac{a}{b} - c"])
def test_a_root_squared_is_what_stands_under_it(under):
    keys, one, other = two(rf"c \sqrt{{{under}}} \sqrt{{{under}}}", rf"c ({under})")
    assert keys.algebra(one) == keys.algebra(other)
    assert keys.meaning(one) == keys.meaning(other)
