import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("(a)", "a"),
        ("a + 0", "a"),
        (r"a \cdot 1", "a"),
        ("a (-b)", "-a b"),
        ("-(-a)", "a"),
        (r"2 a \cdot 3", "6 a"),
        (r"\frac{-a}{b}", r"-\frac{a}{b}"),
        ("x^1 y^0", "x"),
        ("a + (b + c)", "a + b + c"),
        (r"\sum_k 0", "0"),
    ],
)
def test_tidied(written, tidy):
    assert to_latex(Tidy()(tree(written))) == tidy


def test_tidying_again_gives_the_very_same():
    tidy = Tidy()
    once = tidy(tree(r"\frac{a (b + 0)}{1} - (c - d)"))
    assert tidy(once) is once
