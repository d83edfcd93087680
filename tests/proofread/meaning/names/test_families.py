import pytest
from tests.proofread.reading import condition, families, tree

from pminusy.proofread.meaning.names.families import find_families, label
from pminusy.proofread.syntax.tree import Number, Symbol


@pytest.mark.parametrize(
    ("formulas", "symbol", "family", "indices"),
    [
        ((r"\sum_i x_i",), "x_i", "x", 1),
        (("p_t + q",), "p_t", "p_{t}", 0),
        (("W_1 + W_2",), "W_1", "W_{1}", 0),
        ((r"\sum_i x_i", "x_1"), "x_1", "x", 1),
        ((r"\delta_{ij} a_i",), "a_i", "a", 1),
        ((r"\sum_k w_{jk}",), "w_{jk}", "w", 2),
        (("h_{t-1}",), "h_{t-1}", "h", 1),
    ],
)
def test_a_subscript_that_is_summed_over_compared_or_varies_is_an_index(formulas, symbol, family, indices):
    found, places = families(*formulas).resolve(tree(symbol))
    assert (found, len(places)) == (family, indices)


def test_letters_of_conditions_are_indices():
    found = find_families([tree("a_i")], [condition(r"i \ne j")])
    assert found.resolve(tree("a_i")) == ("a", (Symbol("i"),))


def test_what_a_sum_runs_over_is_bound():
    found = families(r"\sum_k a_k", "b_i")
    assert found.bound == {"k"}
    assert "k" in found.letters


def test_split_and_layered_names_are_quantities_of_their_own():
    from dataclasses import replace

    plain = families(r"\sum_i L_i")
    assert replace(plain, split=frozenset([("L", 1)])).resolve(tree("L_i"))[0] == "L·"
    assert replace(plain, layered=frozenset("L")).resolve(tree("L_i"))[0] == "L@i"


def test_labels_are_written_as_they_stand():
    assert label(Symbol("x", (Symbol("h"),))) == "x_{h}"
    assert label(Number("2")) == "2"
    assert label(tree("a + b")) == "ab"


def test_a_bare_sum_makes_the_only_subscript_in_it_an_index() -> None:
    assert families(r"\sum -x_i (y_i - m x_i)").bound == {"i"}
    assert families(r"\sum x_{ij}").bound == set()
    assert families(r"\sum W_{in}").bound == set()


def test_parameters_below_a_name_tell_names_apart() -> None:
    found = families(r"s_\beta", r"\frac{\partial f}{\partial \beta}", r"s_{\sigma^2}", r"\beta - \sigma^2")
    assert ("s", "lower", 0) not in found.indexed
