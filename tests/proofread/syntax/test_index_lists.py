from tests.proofread.reading import tree

from pminusy.proofread.syntax.index_lists import bar_in, is_word, label_of, tells_events
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.tree import Symbol


def test_words_capitals_and_slices_are_labels():
    assert label_of(tokenize("max")) == "max"
    assert label_of(tokenize("KL")) == "KL"
    assert label_of(tokenize("1:d")) == "1:d"
    assert label_of(tokenize("i")) == ""
    assert label_of(tokenize("ij")) == ""
    assert is_word(tokenize("reg"))
    assert not is_word(tokenize("n"))


def test_a_bar_between_indices_but_not_within_brackets():
    assert bar_in(tokenize("j|i")) == 1
    assert bar_in(tokenize("p(x|y)")) == 0
    assert bar_in(tokenize("|x")) == 0
    assert tells_events(tokenize("X|Y=y"))
    assert not tells_events(tokenize("x|y"))


def test_indices_side_by_side_with_commas_or_in_brackets():
    pair = (Symbol("i"), Symbol("j"))
    assert tree("a_{ij}").lower == tree("a_{i,j}").lower == tree("a_{(i,j)}").lower == pair
    assert tree("a_{:j}").lower == (Symbol(":"), Symbol("j"))
