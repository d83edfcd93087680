import pytest
from tests.proofread.reading import families, page

from pminusy.proofread.meaning.lines.chance import (
    distribution_letter,
    distributions,
    is_conditional,
    is_summed_out,
    parameters_below,
    variable_name,
    variables_of,
)
from pminusy.proofread.syntax.tree import Call, Symbol, walk


def trees_of(*formulas):
    return [m.tree for chain in page(*formulas).chains for m in chain.members]


def found(*formulas):
    trees = trees_of(*formulas)
    return distributions(trees, families("x"), ())


def test_what_stands_before_a_bar_is_random_and_what_only_stands_behind_a_parameter():
    joint = found(r"a = p(x | \theta) p(y | x, \theta)")["p"]
    assert joint.variables == {"x", "y"}
    assert joint.parameters == {r"\theta"}


def test_values_that_a_variable_is_compared_with():
    joint = found("a = P(Y = 1 | x) + P(Y = 0 | x)")["p"]
    assert joint.values == {"y": {0, 1}}


def test_a_distribution_with_a_formula_is_not_among_them():
    trees = trees_of("p(x | y) = e^x")
    call = next(n for tree in trees for n in walk(tree) if isinstance(n, Call))
    assert distributions(trees, families("x"), {call.function.name}) == {}


@pytest.mark.parametrize(
    ("name", "letter"), [("P", "p"), ("Pr", "p"), ("p", "p"), ("q", "q"), ("Q", "q"), ("f", "f")]
)
def test_letters_of_one_distribution(name, letter):
    assert distribution_letter(name) == letter


def test_a_call_is_conditional_where_its_events_compare_names_with_values():
    calls = [
        n for tree in trees_of(r"a = P(X = x | y) P(X \le x | y)") for n in walk(tree) if isinstance(n, Call)
    ]
    assert [is_conditional(call) for call in calls] == [True, False]


def test_names_of_variables_and_parameters():
    assert (variable_name("X", True), variable_name("X", False)) == ("x", "X")
    (call,) = (n for tree in trees_of(r"a = p_\theta(x | y)") for n in walk(tree) if isinstance(n, Call))
    assert parameters_below(call) == [Symbol(r"\theta")]
    assert variables_of(call.function.name, ()) == ["x"]
    assert variables_of("p", (Symbol("z"),)) == ["z"]


def test_a_sum_over_a_random_quantity():
    trees = trees_of(r"a = \sum_y p(x, y | z)")
    joint = distributions(trees, families("x"), ())
    assert is_summed_out(trees[1], "y", joint)
    assert not is_summed_out(trees[1], "z", joint)


def test_a_probability_that_is_integrated_over_everything_is_a_distribution():
    assert found(r"a = \int_{-\infty}^{\infty} P(x) \log P(x) dx")["p"].variables == {"x"}
    assert found(r"a = \int_0^1 P(x) dx") == {}
