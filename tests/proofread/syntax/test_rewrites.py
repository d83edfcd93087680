from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.rewrites import (
    find_prefixes,
    with_angles,
    with_bare_names,
    with_calls,
    with_fractions,
    with_prefixes,
    with_slashed_fractions,
)
from pminusy.proofread.syntax.tree import Span


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


def test_names_lose_the_braces_before_their_scripts_but_arguments_keep_theirs():
    assert text(with_bare_names(tokenize(r"{ w }^{ T }{ x }_{ i }"))) == text(tokenize(r"w^{T} x_{i}"))
    assert with_bare_names(tokenize(r"{w}_i"))[0].span == Span(0, 3)
    for kept in (r"\frac{a}{b}^2", r"\sqrt{a}^2", r"x^{n}'", r"{a b}_i"):
        assert text(with_bare_names(tokenize(kept))) == text(tokenize(kept))


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
