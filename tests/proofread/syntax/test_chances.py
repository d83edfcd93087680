import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.chances import (
    Event,
    base_name,
    compares_values,
    conditioned,
    events_of,
    is_conditioned,
    is_expectation,
    with_arguments,
)
from pminusy.proofread.syntax.tree import Number, Relation, Symbol

X, Y = Symbol("x"), Symbol("y")


def test_what_stands_on_either_side_of_the_bar_is_part_of_the_name():
    one, _ = conditioned(Symbol("p"), (X, Y), 1)
    other, arguments = conditioned(Symbol("p"), (Y, X), 1)
    assert one != other
    assert arguments == (Y, X)
    assert is_conditioned(one.name)
    assert base_name(one.name) == "p"


def test_a_value_becomes_an_argument_and_a_number_part_of_the_name():
    event = Relation("=", Symbol("Y"), Number("1"))
    function, arguments = conditioned(Symbol("P"), (event, X), 1)
    assert arguments == (X,)
    before, behind = events_of(function.name)
    assert before == (Event("Y", 0, "=", "1"),)
    assert behind == (Event("x"),)


def test_indices_of_an_event_are_arguments_too():
    event = Relation("=", Symbol("z", (Symbol("i"),)), Symbol("k"))
    function, arguments = conditioned(Symbol("p"), (event, X), 1)
    assert arguments == (Symbol("i"), Symbol("k"), X)
    before, behind = events_of(function.name)
    pairs = list(with_arguments((*before, *behind), arguments))
    assert [len(own) for _, own in pairs] == [2, 1]


@pytest.mark.parametrize(("latex", "expected"), [(r"\mathbb{E}[X]", True), ("f(x)", False)])
def test_expectations_are_told_by_their_name(latex, expected):
    node = tree(latex)
    name = getattr(getattr(node, "function", None), "name", "f")
    assert is_expectation(name) is expected


def test_a_name_without_a_bar_is_its_own_base():
    assert base_name("p") == "p"
    assert not is_conditioned("p")


@pytest.mark.parametrize(("sign", "expected"), [("=", True), (r"\le", False)])
def test_a_probability_compares_by_equality_alone(sign, expected):
    function, _ = conditioned(Symbol("P"), (Relation(sign, X, Y), Y), 1)
    assert compares_values(function.name) is expected
