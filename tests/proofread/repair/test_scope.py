from tests.proofread.reading import tree
from tests.proofread.repair.failing import LEAST_SQUARES, SOFTMAX, scope

from pminusy.proofread.repair.scope import rename
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Number, Symbol

GRADIENT = (*SOFTMAX, r"\frac{\partial L}{\partial o_i} = 3 p_i y_i")


def test_letters_that_are_free_and_those_that_sums_run_over():
    found = scope(*GRADIENT)
    assert found.letters == ("i",)
    assert found.free_on_left == {"i"}
    assert set(found.summed) == {"j", "k"}


def test_numbers_of_the_page_come_with_their_usual_company():
    assert {Number("2"), Number("3")} <= set(scope(*GRADIENT).numbers)


def test_expressions_take_every_letter_that_is_in_reach():
    found = {to_latex(node) for node in scope(*GRADIENT).expressions(("k",))}
    assert {"p_i", "p_k", "y_i", "y_k"} <= found


def test_index_places_of_a_symbol():
    found = scope(*GRADIENT)
    assert found.index_slots(Symbol("p", (Symbol("i"),))) == [("lower", 0)]
    assert found.index_slots(Symbol("q", (Symbol("i"),))) == []


def test_vectors_are_told_from_numbers():
    found = scope(*LEAST_SQUARES, r"\nabla_w J = -2 X (t - X w)")
    assert found.has_vectors
    assert not found.is_scalar(tree("X"))
    assert found.is_scalar(tree("3"))
    assert not scope(*GRADIENT).has_vectors


def test_letters_are_renamed_all_at_once():
    assert to_latex(rename(tree("a_{ij}"), {"i": "j", "j": "i"})) == "a_{ji}"
    same = tree("a_i")
    assert rename(same, {"i": "i"}) is same
