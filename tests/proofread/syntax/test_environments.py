import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.token_ranges import split
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Cases, Matrix, Number, Power, Relation, Symbol


def test_rows_with_conditions_are_cases():
    node = tree(r"\begin{cases} 1 & \text{if } i = j \\ 0 & \text{otherwise} \end{cases}")
    assert isinstance(node, Cases)
    assert [branch.value for branch in node.branches] == [Number("1"), Number("0")]
    assert node.branches[0].condition == Relation("=", Symbol("i"), Symbol("j"))
    assert node.branches[1].condition is None


@pytest.mark.parametrize("latex", [r"1, & (i = j)", r"1 \quad \text{for } i = j", r"1, i = j"])
def test_a_condition_stands_behind_a_cell_a_word_or_a_comma(latex):
    node = tree(rf"\begin{{cases}} {latex} \\ 0 & i \ne j \end{{cases}}")
    assert node.branches[0].condition == Relation("=", Symbol("i"), Symbol("j"))


def test_other_rows_are_a_matrix_which_may_have_a_power():
    node = tree(r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}^2")
    assert isinstance(node, Power)
    assert isinstance(node.base, Matrix)
    assert (node.base.fence, len(node.base.rows), len(node.base.rows[0])) == ("bmatrix", 2, 2)


def test_an_environment_that_is_never_closed_is_refused():
    with pytest.raises(Unreadable, match="never closed"):
        tree(r"\begin{cases} a & i = j")


def test_parts_keep_brackets_and_inner_environments_whole():
    tokens = tokenize(r"a, {b, c}, \begin{x} d, e \end{x}")
    assert ["".join(t.text for t in part) for part in split(tokens, ",")] == [
        "a",
        "{b,c}",
        r"\begin{x}d,e\end{x}",
    ]


@pytest.mark.parametrize(
    "words", [r"\text{for 0<x}", r"\text{si $0<x$}", r"if~0<x", r"\text{wenn } 0 < x", r"\mbox{if 0<x}"]
)
def test_the_word_before_a_condition_may_stand_in_the_same_text_or_in_none(words):
    node = tree(rf"\begin{{cases}} 1 & {words} \\ 0 & otherwise \end{{cases}}")
    assert node.branches[0].condition == Relation("<", Number("0"), Symbol("x"))
    assert node.branches[1].condition is None


def test_words_may_say_that_something_is_equal_or_that_all_other_cases_are_meant():
    node = tree(r"\begin{cases} a & \text{if $y$ is 1} \\ b & \text{for all other } y \end{cases}")
    assert node.branches[0].condition == Relation("=", Symbol("y"), Number("1"))
    assert node.branches[1].condition is None
