import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Fold, Group, Inner, Matrix, Symbol

X, Y = Symbol("x"), Symbol("y")


def test_several_things_in_brackets_are_a_column_with_or_without_a_transpose():
    column = Matrix(((X,), (Y,)), "tuple")
    assert tree("(x, y)") == tree("[x, y]^T") == column
    assert isinstance(tree(r"(x_1, \dots, x_n)"), Fold)
    assert tree(to_latex(column)) == column


def test_one_thing_is_a_group_and_a_pair_in_angles_an_inner_product():
    assert tree("(x)") == Group(X)
    assert tree(r"\langle x, y \rangle") == Inner(X, Y)


@pytest.mark.parametrize("latex", [r"\{x, y\}", "[0, 1)", "(1,7 - 0,9)"])
def test_sets_and_decimal_commas_are_no_lists(latex):
    with pytest.raises(Unreadable):
        tree(latex)
