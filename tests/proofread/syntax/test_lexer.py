import pytest

from pminusy.proofread.syntax import lexer
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.tokens import Unreadable


def texts(latex, **options):
    return [token.text for token in tokenize(latex, **options)]


@pytest.mark.parametrize(
    ("latex", "tokens"),
    [
        (r"\mathbf{x} + \boldsymbol y", ["x", "+", "y"]),
        (r"\operatorname{tr} A", ["tr", "A"]),
        ("a – b − c", ["a", "-", "b", "-", "c"]),
        ("x²", ["x", "^", "{", "2", "}"]),
        (r"\left( a \right)", ["(", "a", ")"]),
        ("0.25x", ["0.25", "x"]),
        (r"a \, b % remark", ["a", "b"]),
    ],
)
def test_dress_is_taken_off(latex, tokens):
    assert texts(latex) == tokens


def test_places_cover_the_dress():
    latex = r"a + \mathbf{x}"
    last = tokenize(latex)[-1]
    assert latex[last.span.start : last.span.end] == r"\mathbf{x}"
    assert last.bold


def test_a_part_of_a_page_has_the_places_of_the_page():
    (token,) = tokenize("say $x$ so", 5, 6)
    assert (token.span.start, token.span.end) == (5, 6)


def test_words_of_the_page_are_kept_whole():
    assert texts("ABC", words=frozenset(["ABC"])) == ["ABC"]
    assert texts("ABC") == ["A", "B", "C"]


def test_long_formulas_are_refused(monkeypatch):
    monkeypatch.setattr(lexer, "MAX_TOKENS", 10)
    with pytest.raises(Unreadable, match="a formula of more than"):
        tokenize("x" * 20)


@pytest.mark.parametrize("latex", [r"\mathbf{x", r"\hat{+}", r"\not x"])
def test_what_cannot_be_cut_says_where(latex):
    with pytest.raises(Unreadable) as error:
        tokenize(latex)
    assert error.value.span.start <= len(latex)


def test_a_switch_of_the_font_in_braces_is_no_name():
    assert texts(r"a{\tt b}{\sf 2}") == ["a", "b", "2"]
