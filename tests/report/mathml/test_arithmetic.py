from xml.etree import ElementTree

import pytest

from pminusy.proofread.syntax.tree import Add, Divide, Multiply, Negative, Number, Power, Symbol
from pminusy.report.mathml import latex_math, math

X, Y = Symbol("x"), Symbol("y")


def text(*sides, **options):
    return "".join(ElementTree.fromstring(str(math(*sides, **options))).itertext()).replace("\u2062", "")


@pytest.mark.parametrize(
    ("tree", "shown"),
    [
        (Multiply((Add((X, Y)), X), ("",)), "(x+y)x"),
        (Multiply((X, Negative(Y)), (r"\cdot",)), "x⋅(−y)"),
        (Power(Add((X, Y)), Number("2")), "(x+y)2"),
        (Negative(Add((X, Y))), "−(x+y)"),
        (Add((X, Negative(Add((X, Y))))), "x−(x+y)"),
        (Divide(Add((X, Y)), Multiply((X, Y), ("",)), slash=True), "(x+y)/(xy)"),
        (Divide(Add((X, Y)), Multiply((X, Y), ("",))), "x+yxy"),
    ],
)
def test_trees_that_were_put_together_get_the_parentheses_they_need(tree, shown):
    assert text(tree) == shown


@pytest.mark.parametrize(
    ("latex", "tags"),
    [(r"\sqrt{x}", {"msqrt"}), (r"\frac{a}{b}", {"mfrac"}), ("x^2_k", {"msubsup"}), ("A^T", {"msup"})],
)
def test_notation_has_its_elements(latex, tags):
    root = ElementTree.fromstring(str(latex_math(latex)))
    assert tags <= {each.tag for each in root.iter()}


def test_an_exponent_of_a_function_stands_at_its_name():
    root = ElementTree.fromstring(str(latex_math(r"\log^2 x")))
    (power,) = root.iter("msup")
    assert ["".join(part.itertext()) for part in power] == ["log", "2"]


def test_double_factorials_and_bars_among_indices():
    for latex, shown in (("n!!", "n!!"), (r"p_{j \mid i}", "pj|i")):
        assert "".join(ElementTree.fromstring(str(latex_math(latex))).itertext()) == shown
