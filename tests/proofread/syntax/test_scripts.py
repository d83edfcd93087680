import pytest
from tests.proofread.reading import tree, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Call,
    Component,
    Delta,
    Derivative,
    Negative,
    Number,
    Power,
    Symbol,
    Transpose,
)
from pminusy.proofread.syntax.vocabulary import Vocabulary

i, j, k, x = (Symbol(name) for name in "ijkx")


@pytest.mark.parametrize(
    ("latex", "node"),
    [
        ("x_{ij}", Symbol("x", (i, j))),
        ("x_{i,j}", Symbol("x", (i, j))),
        ("x_{i+1}", Symbol("x", (Add((i, Number("1"))),))),
        ("x_{:,k}", Symbol("x", (Symbol(":"), k))),
        ("x_{max}", Symbol("x_{max}")),
        ("x^{(i)}_k", Symbol("x", (k,), (i,))),
        ("x^*", Symbol("x^{*}")),
        (r"x^\top", Transpose(x, r"\top")),
        ("x^{-T}", Power(Transpose(x, "T"), Negative(Number("1")))),
        ("x''", Symbol("x''")),
        (r"\delta_{ij}", Delta(i, j)),
        ("x!", Call(Symbol("!"), (x,), 0, "", "")),
        ("(A x)_i", Component(tree("(A x)"), (i,))),
    ],
)
def test_what_stands_around_a_name(latex, node):
    assert tree(latex) == node


def test_a_prime_on_a_bracket_differentiates_by_its_symbol_or_transposes():
    assert tree("(x^2)'") == Derivative(tree("(x^2)"), (x,), "operator", "d")
    assert isinstance(tree("(x^2)'", Vocabulary(prime_transposes=True)), Transpose)
    with pytest.raises(Unreadable, match="several symbols"):
        tree("(a b)'")


def test_limits_behind_a_bracket_are_evaluation():
    assert isinstance(tree(r"[x^2]_0^1"), Between)
    assert tree(r"[x^2]_0^1").low == Number("0")


def test_a_superscript_numbers_layers_where_the_page_does():
    assert isinstance(tree("w^l"), Power)
    assert tree("w^l", Vocabulary(labelled=frozenset("w"))) == Symbol("w", (), (Symbol("l"),))


@pytest.mark.parametrize("latex", ["x_", "x^", "x^a^b"])
def test_missing_and_double_scripts_are_refused(latex):
    with pytest.raises(Unreadable):
        tree(latex)


def test_a_primed_matrix_before_a_bracket_is_transposed():
    pages = ("w = (X'X + a I)^{-1} X'y", "w = a^{-1} X'(y - Xw)")
    assert verdicts(*pages) == ["holds"]
    assert verdicts(*pages[:1], "w = a^{-1} X'(y + Xw)") != ["holds"]


def test_scripts_that_are_empty_braces_are_none():
    assert tree("x_{} + y^{}") == tree("x + y")


def test_a_negative_power_may_stand_in_brackets():
    assert tree("S^(-1)") == tree("S^{-1}")
    assert tree("S^{(-1)}") == tree("S^{-1}")
    assert tree("S^{(2)}") != tree("S^2")


def test_an_index_behind_a_negative_power_is_of_the_inverse():
    assert verdicts(r"\sum_j A^{-1}_{ij} A_{jk} = \delta_{ik}") == ["holds"]
    assert verdicts(r"\sum_j A^{-1}_{ij} A_{jk} = 2 \delta_{ik}") != ["holds"]
    assert tree("a^{-1}_{ij}") == tree("a_{ij}^{-1}")


def test_a_power_may_be_of_the_whole_matrix():
    assert verdicts(r"\sum_j A_{ij} A_{jk} = A_{ik}^2") == ["holds"]
    assert verdicts(r"B_{ij} = A_{ij}^2", r"\sqrt{B_{ij}} = |A_{ij}|") == ["holds"]


def test_several_brackets_above_are_as_many_indices():
    i, two = Symbol("i"), Number("2")
    assert tree("a^{[2](i)}") == Symbol("a", upper=(two, i))
    assert tree("a_j^{(t)(l+1)}").upper == (Symbol("t"), tree("l + 1"))
    assert isinstance(tree("e^{(a)(b)}"), Power)


def test_a_subscript_behind_the_braces_around_a_norm_is_its_order():
    assert tree(r"{\|A x\|}_2^2") == tree(r"\|A x\|_2^2")
    assert verdicts(r"F(x) = {\|A x - b\|}_2^2", r"F(x + y) = \|A (x + y) - b\|^2") == ["holds"]


def test_the_number_of_a_layer_and_a_transpose():
    page = r"$$a^{[1]} = W^{[1]} x$$ $$a^{[1]T} a^{[1]} = x^T W^{[1]T} W^{[1]} x$$"
    assert proofread(page).verdict == "correct"
