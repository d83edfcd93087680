from dataclasses import replace

import pytest
from tests.proofread.reading import page, tree

from pminusy.proofread.meaning.lines.given import fixed_entry, split_condition
from pminusy.proofread.meaning.names.families import find_families
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Delta, Number, Relation, Symbol

SUMS = r"s = \sum_i \sum_j a_i b_j + \sum_k y_k"
SERIES = r"\sum_i \sum_j (x_i + x_{ij})"


def split(formula, *conditions):
    """What the first chain takes for given, where i, j and k are indices."""
    read = page(formula, SUMS)
    trees = [m.tree for chain in read.chains for m in chain.members if m.tree]
    chain = replace(read.chains[0], conditions=[*read.chains[0].conditions, *conditions])
    return split_condition(chain, find_families(trees, ()))


def test_conditions_on_indices_are_kept_and_values_are_given():
    condition, given = split(r"a_i + 0 = b_i \quad i \ne j \text{ if } \lambda = 0")
    assert to_latex(condition) == r"i \ne j"
    assert given[r"\lambda"].body == Number("0")


def test_without_conditions_nothing_is_given():
    assert split("a_i = b_i") == (None, {})


def test_a_sign_is_no_condition_on_indices():
    assert split(r"a_i + 0 = b_i \quad \text{if } c > 0")[0] is None


def test_one_at_an_index_and_zero_elsewhere_is_a_delta():
    here, there = (Symbol("y", (Symbol(index),)) for index in "ck")
    _, given = split("a_i = b_i", Relation("=", here, Number("1")), Relation("=", there, Number("0")))
    assert given["y"].body == Delta(Symbol(given["y"].parameters[0]), Symbol("c"))


@pytest.mark.parametrize(
    ("symbol", "entry"),
    [
        (Symbol("x", (Number("0"),)), ("x", (0,))),
        (Symbol("x", (Symbol("i"), Number("2"))), ("x", (None, 2))),
        (Symbol("x", (Symbol("i"),)), None),
        (Symbol("x"), None),
        (Number("1"), None),
    ],
)
def test_an_entry_has_an_index_that_is_a_number(symbol, entry):
    assert fixed_entry(symbol, find_families([tree(SERIES)], ())) == entry
