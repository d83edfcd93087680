from tests.proofread.reading import families, model, tree

from pminusy.proofread.meaning.names.dependence import (
    differentiated,
    head,
    nearest,
    reach,
    transitive,
    variable_of,
)
from pminusy.proofread.syntax.tree import Symbol

PLAIN = families("x")


def test_families_are_reached_through_definitions():
    of = model("y = a z", "z = b^2")
    assert reach(of.definitions, of.families)["y"] == {"a", "z", "b"}


def test_reach_is_transitive_also_in_circles():
    assert transitive({"a": {"b"}, "b": {"c"}, "c": {"a"}})["a"] == {"a", "b", "c"}


def test_what_is_differentiated_without_definition_and_by_what():
    trees = [tree(r"\frac{\partial L}{\partial a} \frac{\partial a}{\partial w}")]
    assert dict(differentiated(trees, PLAIN, {})) == {"L": {"a"}, "a": {"w"}}


def test_the_nearest_are_those_that_no_other_depends_on():
    assert nearest({"a", "w"}, {"a": {"w"}}) == {"a"}


def test_the_variable_of_a_derivative():
    assert variable_of(tree("x^T"), PLAIN, {}) == "x"
    assert variable_of(tree("x + y"), PLAIN, {}) == ""


def test_the_head_of_an_expression_is_the_symbol_that_it_is():
    assert head(tree("(x^T)")) == Symbol("x")
    assert head(tree("x^2")) == Symbol("x")
    assert head(tree("x + y")) is None
    assert head(tree(r"\log x")) is None
