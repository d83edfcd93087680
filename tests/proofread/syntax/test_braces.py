from pminusy.proofread.syntax.braces import (
    with_bare_names,
    without_braced_words,
    without_crossing_braces,
)
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.tree import Span


def text(tokens):
    return " ".join(token.text for token in tokens)


def test_names_lose_the_braces_before_their_scripts_but_arguments_keep_theirs():
    assert text(with_bare_names(tokenize(r"{ w }^{ T }{ x }_{ i }"))) == text(tokenize(r"w^{T} x_{i}"))
    assert with_bare_names(tokenize(r"{w}_i"))[0].span == Span(0, 3)
    for kept in (r"\frac{a}{b}^2", r"\sqrt{a}^2", r"x^{n}'", r"{a b}_i"):
        assert text(with_bare_names(tokenize(kept))) == text(tokenize(kept))


def test_braces_that_brackets_cross_are_dropped_but_arguments_keep_theirs():
    crossed = without_crossing_braces(tokenize(r"\sum{(\hat{a}} - b)^{2}"))
    assert text(crossed) == text(tokenize(r"\sum (\hat{a} - b)^{2}"))
    plain = tokenize(r"\frac{a}{(b)} + {(c + d)}_{k}")
    assert text(without_crossing_braces(plain)) == text(plain)


def test_remarks_lose_the_braces_around_them():
    small = without_braced_words(tokenize(r"a & \scriptstyle{\text{; because } b > 0}"))
    assert text(small) == "a & ; because"
    assert text(without_braced_words(tokenize(r"x_{\text{at the end}}"))) == text(
        tokenize(r"x_{\text{at the end}}")
    )
