import pytest
from tests.proofread.reading import families, page, tree

from pminusy.proofread.meaning.names.definitions import (
    SQUARED,
    Meaning,
    by_cases,
    defined_by,
    given_derivative,
    joined,
    main_symbols,
    own_variable,
    relates_probabilities,
)
from pminusy.proofread.syntax.tree import Call, Cases, Conjunction, Number, Symbol

X, Y = Symbol("x"), Symbol("y")
PLAIN = families(r"\sum_i a_i", "b_i")


@pytest.mark.parametrize(
    ("left", "family", "parameters"),
    [
        ("y", "y", ()),
        ("b_i", "b", ("i",)),
        ("(y)", "y", ()),
        (r"\sigma^2", r"\sigma" + SQUARED, ()),
        (r"\log B", "B", ()),
        ("y + 1", None, None),
        ("|x|", None, None),
        ("x_{ii}", None, None),
    ],
)
def test_the_form_of_the_left_side_decides(left, family, parameters):
    meaning = defined_by(tree(left), tree("c"), families(r"\sum_i x_{ij}", "b_i", left))
    assert (meaning and meaning.family, meaning and meaning.parameters) == (family, parameters)


def test_a_side_that_contains_what_it_would_define_is_a_claim():
    assert defined_by(tree("y"), tree("y + 1"), PLAIN) is None
    assert defined_by(tree("b_i"), tree("b_{i-1} + 1"), families("b_{i-1}", r"\sum_i b_i")) is not None


def test_arguments_of_a_function_are_its_own():
    read = page("f(x) = x^2", r"L(\mu, \sigma^2) = \mu")
    (f, fx), (loss, body) = ([m.tree for m in chain.members] for chain in read.chains)
    assert defined_by(f, fx, PLAIN).arguments == (X,)
    assert len(defined_by(loss, body, PLAIN).written) == 2


def test_a_probability_made_of_others_is_a_claim():
    read = page("p(x | y) = p(y | x) c")
    left, right = (m.tree for m in read.chains[0].members)
    assert relates_probabilities(left, right, PLAIN, ())
    assert not relates_probabilities(tree("y"), right, PLAIN, ())


def test_a_given_derivative_is_a_rule_for_a_family():
    rule = given_derivative(tree(r"\frac{\partial b_i}{\partial x}"), tree("c"), PLAIN, None)
    assert (rule.family, rule.rows, rule.variable, rule.columns) == ("b", ("i",), "x", ())
    assert given_derivative(tree("b_i"), tree("c"), PLAIN, None) is None
    second = tree(r"\frac{\partial b_i}{\partial x}")
    assert given_derivative(second, second, PLAIN, None) is None


def test_definitions_under_conditions_become_cases():
    one, two = (Meaning("y", (), (), Number(text)) for text in "12")
    both = by_cases(one, Symbol("c"), two, None)
    assert isinstance(both.body, Cases)
    assert [branch.value for branch in both.body.branches] == [Number("1"), Number("2")]


def test_the_only_argument_is_the_variable():
    meaning = Meaning("f", (), (X,), X)
    assert own_variable(Symbol("f"), {"f": meaning}, PLAIN) == X
    assert own_variable(Call(Symbol("g"), (Y,)), {}, PLAIN) == Y
    assert own_variable(Symbol("g"), {}, PLAIN) is None


def test_main_symbols_are_no_indices_and_no_limits():
    assert [s.name for s in main_symbols(tree(r"\sum_{k=1}^N a_k b"))] == ["a", "b"]


def test_conditions_are_joined():
    assert joined([]) is None
    assert joined([X]) is X
    assert joined([X, Y]) == Conjunction((X, Y))
