from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.rewrites import (
    find_prefixes,
    with_angles,
    with_calls,
    with_fractions,
    with_marks,
    with_prefixes,
    with_slashed_fractions,
)


def text(tokens):
    return " ".join(token.text for token in tokens)


def test_over_becomes_a_fraction_also_within_another():
    assert text(with_fractions(tokenize(r"{a + 1 \over b}"))) == text(tokenize(r"\frac{a + 1}{b}"))
    nested = with_fractions(tokenize(r"{a \over {b \over c}}"))
    assert text(nested) == text(tokenize(r"\frac{a}{\frac{b}{c}}"))


def test_braces_around_the_bracket_of_a_call_are_dropped():
    assert text(with_calls(tokenize(r"f{\left(x\right)} + {(y)}"))) == text(tokenize("f(x) + {(y)}"))


def test_prefixes_are_those_with_which_lines_begin():
    lines = [tokenize(r"\delta h_t = a"), tokenize(r"b = \Delta c")]
    assert find_prefixes(lines, False) == {r"\delta"}
    assert find_prefixes([tokenize("dW = a")], False) == {"d"}
    assert find_prefixes([tokenize("dW = a")], True) == frozenset()


def test_a_prefix_is_joined_to_its_name_but_not_in_a_derivative():
    prefixes = frozenset(["d", r"\delta"])
    assert text(with_prefixes(tokenize(r"\delta h + dW"), prefixes)) == r"\delta h + dW"
    assert len(with_prefixes(tokenize("dW x"), prefixes)) == 2
    assert text(with_prefixes(tokenize(r"\frac{dL}{dW}"), prefixes)) == text(tokenize(r"\frac{dL}{dW}"))
    assert text(with_prefixes(tokenize("dL/dx"), prefixes)) == text(tokenize("dL/dx"))


def test_angle_brackets_in_plain_signs_but_not_comparisons():
    assert text(with_angles(tokenize("-y <w, x>)"))) == text(tokenize(r"-y \langle w, x \rangle)"))
    for kept in ("0 < x, y > 1", "a < b, c", "a < b > c"):
        assert text(with_angles(tokenize(kept))) == text(tokenize(kept))


def test_derivatives_with_a_slash_between_braces():
    assert text(with_slashed_fractions(tokenize(r"{\partial y}/{\partial x}"))) == text(
        tokenize(r"\frac{\partial y}{\partial x}")
    )
    assert text(with_slashed_fractions(tokenize("{a}/{b}"))) == text(tokenize("{a}/{b}"))


def test_over_with_a_relation_is_no_fraction():
    assert text(with_fractions(tokenize(r"a \over{!}{=} 1"))) == "a = 1"


def test_a_star_in_brackets_names_an_expression_or_marks_a_line():
    assert text(with_marks(tokenize(r"a + b = (*)"))) == "a + b = (*)"
    assert text(with_marks(tokenize(r"(\ast\ast) = c"))) == "(**) = c"
    assert text(with_marks(tokenize(r"(*) \ y = a"))) == "y = a"
    assert text(with_marks(tokenize("a (*) b"))) == text(tokenize("a (*) b"))


def test_a_dot_for_the_argument_leaves_the_function():
    assert text(with_calls(tokenize(r"f(\cdot) + g_k(\cdot)"))) == text(tokenize("f + g_k"))


def test_a_word_between_events_is_a_comma():
    assert text(with_calls(tokenize(r"P(A \text{ and } B)"))) == text(tokenize("P(A, B)"))
    assert "and" in text(with_calls(tokenize(r"a = b \text{ and } c = d")))
