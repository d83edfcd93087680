import pytest
from tests.proofread.rules.settings import two

from pminusy.proofread.rules.narrowing import narrowed
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("left", "right", "one", "other"),
    [
        ("a b + c", "a b + t", "c", "t"),
        (r"\frac{a}{x + c}", r"\frac{a}{x + t}", "c", "t"),
        (r"\sum_k z_k \log y_k", r"\sum_k z_k \sin y_k", r"\log y_k", r"\sin y_k"),
        (r"\int_0^1 x^2 dx", r"\int_0^1 x^3 dx", "2", "3"),
        ("a + b", "x y", "a + b", "x y"),
    ],
)
def test_what_both_share_is_left_out(left, right, one, other):
    keys, *sides = two(left, right)
    ours, theirs, _ = narrowed(*sides, keys)
    assert (to_latex(ours), to_latex(theirs)) == (one, other)


@pytest.mark.parametrize(
    ("left", "right"),
    [("a b + c", "t + a b"), (r"\frac{a}{x + c}", r"\frac{a}{x + t}"), ("x - a c y", "x - a t y")],
)
def test_what_differs_is_put_back_in_its_place(left, right):
    keys, one, other = two(left, right)
    _, theirs, put = narrowed(one, other, keys)
    assert keys.shape(put(theirs)) == keys.shape(other)
