import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Call, Divide, Group, Norm, Number, Symbol
from pminusy.proofread.syntax.vocabulary import Vocabulary

X, Y = Symbol("x"), Symbol("y")


@pytest.mark.parametrize(
    ("latex", "node"),
    [
        (r"\frac12", Divide(Number("1"), Number("2"))),
        (r"\frac{x}{y}", Divide(X, Y)),
        (r"\sqrt x", Call(Symbol("sqrt"), (X,), opening="", closing="")),
        (r"\sqrt[3]{x}", Call(Symbol("sqrt", (Number("3"),)), (X,), opening="", closing="")),
        (r"\binom{x}{y}", Call(Symbol("binom"), (X, Y))),
        (r"\|x\|_2", Norm(X, Number("2"))),
        (r"|x|", Norm(X, None, "|")),
        (r"\max(x, y)", Call(Symbol("max"), (X, Y), 0, "(", ")")),
        ("(x)", Group(X)),
    ],
)
def test_atoms(latex, node):
    assert tree(latex) == node


def test_a_table_with_an_index_is_an_entry():
    node = tree("p(x)", Vocabulary(tabulated=frozenset("p")))
    assert node == Symbol("p", (X,))
    assert node.applied


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"\oint x", "closed path"),
        (r"\top", "without an operand"),
        (r"\frac{}{x}", "empty argument"),
        (")", "unexpected"),
    ],
)
def test_what_is_no_atom_says_why(latex, message):
    with pytest.raises(Unreadable, match=message):
        tree(latex)
