from tests.proofread.reading import tree

from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.parentheses import bare, grouped, negated, product, without
from pminusy.proofread.syntax.tree import Add, Group, Negative, Number, Symbol

X, Y = Symbol("x"), Symbol("y")


def test_products_are_flat_without_ones_and_with_the_parentheses_they_need():
    assert product(Number("1"), X) == X
    assert to_latex(product(Add((X, Y)), X)) == r"\left(x + y\right) x"
    assert len(product(product(X, Y), X).factors) == 3
    assert product() == Number("1")
    assert isinstance(product(tree(r"\log x"), Y).factors[0], Group)


def test_a_factor_is_left_out_with_its_sign():
    node = tree(r"a \cdot b c")
    assert [to_latex(without(node, n)) for n in range(3)] == ["b c", "a c", r"a \cdot b"]


def test_signs_and_parentheses():
    assert negated(Negative(X)) == X
    assert negated(Add((X, Y))) == Negative(Group(Add((X, Y))))
    assert bare(Group(Group(X))) == X
    assert grouped(X) == X
    assert grouped(Add((X, Y))) == Group(Add((X, Y)))
