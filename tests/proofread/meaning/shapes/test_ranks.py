import pytest
from tests.proofread.reading import families, tree

from pminusy.proofread.meaning.shapes.evidence import Evidence
from pminusy.proofread.meaning.shapes.ranks import settle


def settled(*chains, vectors=True, bold="", **options):
    """The shapes of one-letter names for the cheapest reading of some chains `a = b`."""
    trees = [[tree(side) for side in chain.split("=")] for chain in chains]
    names = {c for chain in chains for c in chain if c.isalpha() and c not in "T"}
    evidence = Evidence(
        dict.fromkeys(names, frozenset([0])),
        frozenset(bold),
        options.pop("declared", {}),
        vectors,
        {},
        **options,
    )
    return settle(families("x"), {}, trees, evidence)


def ranks(*chains, **options):
    """The axes of one-letter names for the cheapest reading of some chains."""
    return settled(*chains, **options).ranks


def test_capitals_are_matrices_where_vectors_occur():
    assert ranks("x^T A x = c") == {"A": 2, "x": 1, "c": 0}
    assert ranks("A x = b", vectors=False) == {"A": 0, "x": 0, "b": 0}


def test_the_formulas_decide_against_custom():
    assert ranks("x^T x = E")["E"] == 0
    assert ranks("x^T A x = b")["b"] == 0


def test_bold_letters_are_vectors():
    assert ranks("a b = c", bold="ac") == {"a": 1, "b": 0, "c": 1}


def test_what_is_declared_stands():
    assert ranks("A + B = C", declared={"A": 0, "B": 0})["C"] == 0


@pytest.mark.parametrize(
    ("chains", "declared", "rows"),
    [
        (("x W + b = y", "x^T y = G", "y y^T = c"), {"c": 0, "b": 1}, "xby"),
        (("(w^T X - y)(w^T X - y)^T = c", "X X^T w - X y^T = g"), {"c": 0, "g": 1}, "y"),
        (("W x + b = y", "y x^T = G", "y^T y = c"), {"c": 0, "b": 1}, ""),
    ],
)
def test_vectors_are_rows_where_the_formulas_fit_only_so(chains, declared, rows):
    assert settled(*chains, declared=declared).rows == set(rows)


def test_what_is_declared_a_row_is_one():
    assert settled("x x^T = c", declared={"x": 1}, rows=frozenset("x")).rows == {"x"}


def test_a_vector_is_added_to_every_column_where_nothing_else_fits():
    found = settled(
        "W X + b = Z", r"Z \mathbf{1} = g", "W^T W = G", declared={"b": 1, "X": 2, "W": 2, "Z": 2}
    )
    assert found.spread
    assert not found.misfits
    assert not settled("W x + b = z", "z^T z = c", declared={"b": 1}).spread
