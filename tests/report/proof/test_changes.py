import pytest

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse
from pminusy.report.proof.changes import changed


def tree(latex):
    return parse(tokenize(latex), end=len(latex))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a (p_k + 1)", "a (p_i + 1)", "p_i"),
        (r"\frac{a}{b}", r"\frac{a}{b^2}", "b^2"),
        ("a + b", "a + b + c", "a + b + c"),
        ("x a + y b", "y a + x b", "y a + x b"),
        (r"\sum_k a_k", r"\sum_k -a_k", "-a_k"),
    ],
)
def test_the_smallest_node_that_holds_all_changes(before, after, expected):
    assert changed(tree(before), tree(after)) == tree(expected)
