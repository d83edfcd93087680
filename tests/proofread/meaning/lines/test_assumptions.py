import pytest
from tests.proofread.reading import condition, families, tree

from pminusy.errors import InputError
from pminusy.proofread.meaning.lines.assumptions import (
    Assumption,
    Stated,
    counting,
    in_words,
    read_assumption,
    stated_by,
    stated_membership,
)
from pminusy.proofread.syntax.tree import Span

ALL = [
    Assumption("sum", "y", (1.0,)),
    Assumption("nonnegative", "y"),
    Assumption("one-hot", "y"),
    Assumption("values", "y", (1.0, 2.0, 5.0)),
    Assumption("values", "y", (-1.0, 1.0)),
    Assumption("values", "y", (0.0, 1.0)),
    Assumption("symmetric", "A"),
    Assumption("orthogonal", "Q"),
    Assumption("orthonormal", "Q"),
    Assumption("unit", "x"),
    Assumption("equal", "T", (0.5,)),
]


@pytest.mark.parametrize("assumption", ALL, ids=str)
def test_what_is_written_is_read_as_the_same(assumption):
    assert read_assumption(str(assumption)) == assumption


@pytest.mark.parametrize("text", ["y < 0", "nice(y)", "", "y in {a}"])
def test_other_forms_are_refused(text):
    with pytest.raises(InputError, match=r"assume: expected sum\(y\)=1"):
        read_assumption(text)


@pytest.mark.parametrize(
    ("left", "right", "assumption"),
    [
        (r"\sum_k y_k", "1", Assumption("sum", "y", (1.0,))),
        ("A", "A^T", Assumption("symmetric", "A")),
        ("Q^T", "Q^{-1}", Assumption("orthogonal", "Q")),
        ("Q^T Q", "I", Assumption("orthonormal", "Q")),
        (r"\|x\|", "1", Assumption("unit", "x")),
        ("t^2", "1", Assumption("values", "t", (-1.0, 1.0))),
        ("t^2", "t", Assumption("values", "t", (0.0, 1.0))),
        (r"\sum_{k \ne i} y_k", "1", None),
        ("a", "b", None),
    ],
)
def test_equations_that_are_assumptions_by_their_form(left, right, assumption):
    assert stated_by(tree(left), tree(right), families(left, r"\sum_k a_k"), frozenset()) == assumption


@pytest.mark.parametrize("left", ["w^T w", r"w \cdot w", r"\langle w, w \rangle", r"\|w\|^2"])
def test_the_length_of_a_vector(left):
    assert stated_by(tree(left), tree("1"), families("w"), frozenset()) == Assumption("unit", "w")
    assert stated_by(tree(left), tree("2"), families("w"), frozenset()) is None


def test_several_symmetric_matrices():
    assert in_words("where $A$ is not symmetric") == ()
    assert in_words("for symmetric $P$ and $R$") == (
        Assumption("symmetric", "P"),
        Assumption("symmetric", "R"),
    )
    assert in_words("für symmetrische $P$, $Q$ und $R$")[2] == Assumption("symmetric", "R")


def test_what_the_page_defines_is_no_assumption():
    assert stated_by(tree("A"), tree("A^T"), families("A"), frozenset("A")) is None


def test_membership_in_a_set_that_is_written_out():
    found = stated_membership(condition(r"y \in \{-1, 1\}"), families("y"))
    assert found == Assumption("values", "y", (-1.0, 1.0))


@pytest.mark.parametrize(
    ("text", "assumption"),
    [
        ("an orthogonal matrix $Q$", Assumption("orthogonal", "Q")),
        ("where $A$ is symmetric", Assumption("symmetric", "A")),
        ("avec $A$ symétrique", Assumption("symmetric", "A")),
        ("eine symmetrische Matrix $S$", Assumption("symmetric", "S")),
        ("对称矩阵 $A$", Assumption("symmetric", "A")),
        ("one-hot $y$", Assumption("one-hot", "y")),
        ("a unit vector $u$", Assumption("unit", "u")),
        (r"$t$ is either 0 or 1", Assumption("values", "t", (0.0, 1.0))),
    ],
)
def test_assumptions_in_words(text, assumption):
    assert in_words(text) == (assumption,)
    assert in_words(text.replace("$", "")) == ()


def test_assumptions_count_in_their_part_of_the_page():
    a, b = ALL[:2]
    assert counting([Stated(a), Stated(b, Span(5, 9))], 4) == (a,)
    assert counting([Stated(a), Stated(b, Span(5, 9))], 5) == (a, b)
