"""The smallest part of a line that has to be replaced."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.repair.difference import differences
from pminusy.proofread.syntax.latex import to_latex


def smallest(old: str, new: str) -> tuple[str, str]:
    first = next(differences(tree(old), tree(new)))
    return old[first.span.start : first.span.end], to_latex(first.new)


@pytest.mark.parametrize(
    ("old", "new", "found", "put"),
    [
        ("a + b c", "a + b d", "c", "d"),
        ("a b^2 + c", "a b^3 + c", "b^2", "b^3"),
        (r"\cos x + y", r"\sin x + y", r"\cos x", r"\sin x"),
        ("-a b c", "a b c", "-a", "a"),
        ("a b c", "a d b c", "b", "d b"),
        ("x - y + z", "x - z", "- y + z", "-z"),
        (r"\frac{a}{b + c}", r"\frac{a}{b}", "b + c", "b"),
        ("p_k q", "p_i q", "p_k", "p_i"),
    ],
)
def test_only_what_differs_is_replaced(old, new, found, put):
    assert smallest(old, new) == (found, put)


def test_larger_parts_follow_up_to_the_whole():
    parts = [each.old for each in differences(tree("a + b c"), tree("a + b d"))]
    assert list(map(to_latex, parts)) == ["c", "b c", "a + b c"]


def test_a_term_that_begins_a_sum_has_no_sign_before_it():
    first, second = (next(differences(tree("a + b"), tree(new))).starts_sum for new in ("c + b", "a + c"))
    assert (first, second) == (True, False)
