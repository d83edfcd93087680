import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Divide,
    Group,
    Multiply,
    Negative,
    Number,
    Power,
    Symbol,
    transform,
)

X, Y = Symbol("x"), Symbol("y")


def ungrouped(node):
    return transform(node, lambda each: each.body if isinstance(each, Group) else each)


@pytest.mark.parametrize(
    "latex",
    [
        r"p_k y_k - \frac{1}{2} (a + b)^2",
        r"\sum_{k \ne i} \log p_k",
        r"\frac{\partial L}{\partial z_i}",
        r"\nabla_w L",
        r"\|x\|_2^2",
        r"A^T x",
        r"\delta_{ij} x_i^{(n)}",
        r"\begin{cases} a & i = j \\ b & \text{otherwise} \end{cases}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\int_0^1 x^2 dx",
        r"\max(0, 1 - y)",
        r"\mathbb{1}[i = j]",
        r"\prod_{n=1}^{N} a_n",
        r"e^{-x}",
    ],
)
def test_what_is_written_reads_as_the_same_tree(latex):
    once = tree(latex)
    assert ungrouped(tree(to_latex(once))) == ungrouped(once)


@pytest.mark.parametrize(
    ("node", "latex"),
    [
        (Multiply((Add((X, Y)), X), ("",)), r"\left(x + y\right) x"),
        (Power(Add((X, Y)), Number("2")), r"\left(x + y\right)^2"),
        (Add((X, Negative(Y))), "x - y"),
        (Divide(Add((X, Y)), X), r"\frac{x + y}{x}"),
        (Symbol("loss", (Symbol("i"),)), r"\mathrm{loss}_i"),
    ],
)
def test_parentheses_stand_where_the_tree_needs_them(node, latex):
    assert to_latex(node) == latex
