import pytest

from pminusy.proofread.source.displays import find_formulas
from pminusy.proofread.source.lexing import MAX_NESTING, page_tokens, without_macros
from pminusy.proofread.syntax.parser import FROBENIUS


def texts(page):
    tokens, unreadable = page_tokens(page, find_formulas(page))
    assert not unreadable
    return [[token.text for token in each] for each in tokens]


def test_a_pages_macros_are_written_out_and_keep_their_places():
    page = r"\newcommand{\loss}{L} $\loss = a$"
    tokens, _ = page_tokens(page, find_formulas(page))
    assert [token.text for token in tokens[0]] == ["L", "=", "a"]
    assert page[tokens[0][0].span.start : tokens[0][0].span.end] == r"\loss"


def test_runs_of_capitals_that_begin_a_definition_are_one_name():
    assert texts("$$NET = w x$$")[0][0] == "NET"
    assert texts("$$NET = w x + N$$")[0][:3] == ["N", "E", "T"]


def test_small_words_that_come_again_are_one_name():
    assert texts("$$net = w x$$ $$y = net^2$$") == [["net", "=", "w", "x"], ["y", "=", "net", "^", "2"]]


def test_a_colon_is_an_inner_product_where_the_page_says_so():
    assert FROBENIUS in texts("with the Frobenius product $A : B = c$")[0]
    assert FROBENIUS not in texts("$f : A = c$")[0]


def test_a_formula_that_cannot_be_read_leaves_the_others():
    page = "$a = b$ $" + "{" * (MAX_NESTING + 1) + "$ $c = d$"
    tokens, unreadable = page_tokens(page, find_formulas(page))
    assert [len(each) for each in tokens] == [3, 0, 3]
    assert "nested deeper" in str(unreadable[0])


@pytest.mark.parametrize(("text", "names"), [(r"$\delta h = a$", [r"\delta h", "=", "a"])])
def test_prefixes_that_begin_a_line_belong_to_the_name(text, names):
    assert texts(text) == [names]


def test_a_formula_is_read_with_the_macros_of_a_page():
    page = r"\newcommand{\half}[1]{\frac{#1}{2}} $x = \half{y}$"
    assert without_macros(r"\half{z} + z", page) == r"\frac{z}{2} + z"
    assert without_macros("z + 1", "$x = y$") == "z + 1"


def test_a_run_of_letters_that_is_called_is_a_word():
    page = r"$gain\left(a\right) = b$ $c = gain(a)$ $SNR\big(a\big) = d$"
    assert [each[0] for each in texts(page)] == ["gain", "c", "SNR"]
