import pytest
from tests.proofread.reading import tree

from pminusy.proofread.repair.places import Edit, places
from pminusy.proofread.repair.slips import SIGN
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol

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


def test_an_edit_costs_what_its_slip_and_size_do():
    assert Edit(X, Y, SIGN, 0.25).cost == SIGN.cost + 0.25
