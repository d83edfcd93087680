import pytest
from tests.proofread.reading import families, tree

from pminusy.proofread.meaning.shapes.ranks import Evidence, beside_vectors, settle, vectors_occur


def ranks(*chains, vectors=True, bold="", **options):
    """The axes of one-letter names for the cheapest reading of some chains `a = b`."""
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
    return settle(families("x"), {}, trees, evidence).ranks


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
