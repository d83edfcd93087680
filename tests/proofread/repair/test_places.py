import pytest
from tests.proofread.reading import tree

from pminusy.proofread.repair.places import Edit, bare, grouped, negated, places, product, without
from pminusy.proofread.repair.slips import SIGN
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Add, Group, Negative, Number, Symbol

X, Y = Symbol("x"), Symbol("y")


def test_places_have_a_value_and_are_listed_parents_first():
    found = [to_latex(place.node) for place in places(tree(r"a_i + \sum_{k \ne i} b_k"))]
    assert found == [r"a_i + \sum_{k \ne i} b_k", "a_i", r"\sum_{k \ne i} b_k", "b_k"]


def test_a_place_knows_what_binds_its_letters_and_what_it_stands_in():
    *_, body = places(tree(r"\sum_k b_k"))
    assert body.bound == ("k",)
    assert to_latex(body.parent) == r"\sum_k b_k"


@pytest.mark.parametrize(
    ("formula", "terms"),
    [("a b + c", ["a b + c", "a b", "c"]), ("2 (a + b)", [r"2 \left(a + b\right)", "a", "b"]), ("-a", ["a"])],
)
def test_terms_are_what_a_factor_can_be_put_before(formula, terms):
    assert [to_latex(place.node) for place in places(tree(formula)) if place.is_term] == terms


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


def test_an_edit_costs_what_its_slip_and_size_do():
    assert Edit(X, Y, SIGN, 0.25).cost == SIGN.cost + 0.25
