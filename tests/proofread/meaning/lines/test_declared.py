import pytest
from tests.proofread.reading import families, page

from pminusy.proofread.meaning.lines.declared import (
    declared_matrices,
    declared_rows,
    declared_sizes,
    declared_vectors,
    listed_names,
    listed_rows,
    zero_outside,
)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        (r"$x \in \mathbb{R}^d$", {"x": ("d",)}),
        (r"$W \in \mathbb{R}^{m \times n}$", {"W": ("m", "n")}),
        (r"$\alpha \in \mathbb{R}$", {r"\alpha": ()}),
        (r"where $X$ is $n \times p$", {"X": ("n", "p")}),
        (r"$x \in \mathbb{R}^{d \times 1}$", {"x": ("d",)}),
        (r"$x \in \mathbb{R}^{1 \times d}$", {"x": ("d",)}),
        (r"$\mathbf{x} \in \mathbb{R}^d$", {}),
        ("nothing of the kind", {}),
    ],
)
def test_sizes_that_the_text_names(text, sizes):
    assert declared_sizes(page("a = b", text=text), families("x", "W", "X")) == sizes


@pytest.mark.parametrize(
    ("text", "matrices"),
    [("the matrix $A$", {"A": 2}), ("$K$ is the kernel matrix", {"K": 2}), ("the number $A$", {})],
)
def test_matrices_that_the_text_calls_so(text, matrices):
    assert declared_matrices(page("a = b", text=text)) == matrices


@pytest.mark.parametrize(
    ("text", "expected"),
    [("entries outside of their range are zero", True), ("a zero-padded image", True), ("inside", False)],
)
def test_padding_is_said_in_words(text, expected):
    assert zero_outside(page("a = b", text=text)) is expected


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        (r"Let $T$ be a random vector.", {"T": 1}),
        (r"the vector $u$", {"u": 1}),
        (r"Sei der Vektor $\mathbf{u}$ gegeben", {"u": 1}),
        (r"向量 $u$ 和标量 $c$", {"u": 1, "c": 0}),
        (r"le vecteur aléatoire $T$", {"T": 1}),
        (r"a vector space $V$, and a scalar $c$", {"c": 0}),
        (r"$V$ is a vector space", {}),
        (r"$\mathbf{c}$ : Scalaire", {"c": 0}),
    ],
)
def test_vectors_and_numbers_are_named_in_words(text, ranks):
    assert declared_vectors(page(text=text)) == ranks


def test_what_is_said_of_a_bold_name_holds_for_that():
    found = declared_sizes(
        page("a = b", text=r"$\mathbf{x} \in \mathbb{R}^d$"), families("x"), frozenset("x")
    )
    assert found == {"x": ("d",)}


def test_row_vectors_that_the_text_names():
    text = r"$x \in \mathbb{R}^{1 \times n}$ and $W \in \mathbb{R}^{m \times n}$"
    assert declared_rows(page("a = b", text=text), families("x", "W")) == {"x"}


def test_letters_of_what_a_name_consists_of():
    text = r"Let $\Phi = (\phi_1, \dots, \phi_n)^T$ and $\mathbf{t} = (t_1, \dots, t_n)^T$."
    assert listed_names(page("a = b", text=text)) == {r"\Phi": r"\phi"}


def test_lists_that_are_transposed():
    text = r"Let $X = (x_1, \dots, x_n)^T$ and $Z = [z_1, \dots, z_n]$."
    assert listed_rows(page("a = b", text=text)) == {"X": True}
