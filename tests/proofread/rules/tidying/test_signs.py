"""Signs and parentheses."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.tidying.signs import as_factor, as_term, tidy_group, tidy_negative
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Group, Negative


def test_two_signs_are_one_or_none():
    assert to_latex(tidy_negative(Negative(Negative(tree("a"))), bool)) == "a"
    assert to_latex(tidy_negative(Negative(tree("0")), bool)) == "0"


@pytest.mark.parametrize(
    ("latex", "needed"), [("a", False), (r"\tanh(a)", False), ("a + b", True), ("a b", True)]
)
def test_parentheses_around_what_stands_for_itself_go(latex, needed):
    assert isinstance(tidy_group(Group(tree(latex)), bool), Group) == needed


def test_factors_and_terms_need_them_in_different_cases():
    assert isinstance(as_factor(Group(tree("a b"))), Group)
    assert not isinstance(as_term(Group(tree("a b"))), Group)
    assert isinstance(as_term(Group(tree("a + b"))), Group)
    assert not isinstance(as_factor(Group(tree(r"\frac{a}{b}"))), Group)
