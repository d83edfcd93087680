from tests.proofread.reading import read, tree

from pminusy.proofread.readings.doubts.free import (
    bound,
    entries,
    free_names,
    integrated_over,
    is_entry,
    symbols_in,
    undefined_functions,
    written,
)
from pminusy.proofread.syntax.tree import Symbol


def test_names_are_free_where_the_page_does_not_define_them():
    of = read("y = a x", r"s = \sum_{i=1}^{n} b_i")
    assert free_names(of.tree("y + c"), of.model) == {"a", "x", "c"}
    assert free_names(of.tree("s"), of.model) == {"b"}
    assert written(of.tree("y + c"), of.model) == {"c"}


def test_what_sums_and_integrals_run_over_is_bound():
    assert bound(tree(r"\sum_k a_k + \int_0^1 t \, dt")) == {"k", "t"}


def test_an_entry_stands_with_all_its_indices():
    of = read("L = x^T A x", r"s = \sum_i \sum_j A_{ij}").model
    assert is_entry(tree("A_{ij}"), of)
    assert not is_entry(tree("A_i"), of)
    assert not is_entry(Symbol("x"), of)


def test_functions_without_a_formula_are_undefined():
    of = read("f(x) = x^2", "g(x) + h = f(x)")
    assert undefined_functions(of.tree(r"g(x) + f(x) + \log x"), of.model) == {"g"}


def test_variables_and_constants_that_an_integral_brings():
    assert integrated_over(tree(r"\int x \, dx"), tree(r"\frac{x^2}{2} + C")) >= {"x", "C"}
    assert integrated_over(tree("a"), tree("b")) == frozenset()


def test_entries_at_a_number_of_what_is_free():
    of = read(r"s = \sum_i y_i", "t = y_0 + a")
    assert entries(of.tree("y_0 + a"), of.model) == {"y_0"}


def test_symbols_in_indices_are_found_too():
    assert {s.name for s in symbols_in(tree("x_i"))} == {"x", "i"}


def test_an_evaluation_bar_is_over_the_only_name_in_it():
    assert integrated_over(tree(r"1 + (-\frac{1}{x})|_1^{T}"), tree("2 - T")) == {"x"}
    assert integrated_over(tree(r"(a x^2)|_0^1"), tree("a")) == set()
