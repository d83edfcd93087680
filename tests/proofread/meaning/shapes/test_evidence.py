import pytest
from tests.proofread.reading import families, tree

from pminusy.proofread.meaning.shapes.evidence import (
    Evidence,
    beside_vectors,
    options_of,
    vectors_occur,
    with_row,
)
from pminusy.proofread.meaning.shapes.options import Option


def options(name, *counts, **known):
    evidence = Evidence({name: frozenset(counts)}, frozenset(), {}, True, {}, **known)
    return [option.rank for option in options_of(name, evidence)]


def test_the_likeliest_rank_comes_first():
    assert options("A", 0) == [2, 0, 1]
    assert options("x", 0) == [0, 1, 2]
    assert options(r"\mathbf{1}", 0)[0] == 1
    assert options("x", 1) == [1]
    assert options("x", 1, beside_vectors=frozenset("x")) == [1, 2]
    assert options(r"\Sigma", 1, beside_vectors=frozenset([r"\Sigma"])) == [1, 3, 2]


def test_a_row_costs_more_than_a_column():
    columns = [Option(0, 0), Option(1, 1)]
    *same, row = with_row(columns, frozenset([0]))
    assert same == columns
    assert row.is_row
    assert row.cost > 1
    assert with_row([Option(2, 0)], frozenset([0])) == [Option(2, 0)]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("x^T y", True),
        (r"\|x\|", True),
        (r"\nabla_w L", True),
        ("A^{-1}", True),
        (r"a \odot b", True),
        ("a b + c", False),
    ],
)
def test_signs_of_vectors(formula, expected):
    assert vectors_occur([tree(formula)], frozenset()) is expected


def test_bold_letters_are_a_sign_of_vectors():
    assert vectors_occur([tree("a")], frozenset("a"))


def test_names_that_stand_where_vectors_stand():
    assert beside_vectors([tree("x^T y + c")], families("x")) == {"x", "y"}


def test_what_stands_beside_a_matrix_with_a_label():
    assert "x" in beside_vectors([tree("W_h x")], families("x"))
    assert "x" not in beside_vectors([tree("W_i x")], families("x"))
