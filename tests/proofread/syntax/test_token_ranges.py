import pytest

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.token_ranges import after_scripts, in_scripts, matching, script, scripts, starts


def text(tokens):
    return "".join(token.text for token in tokens)


def test_a_bracket_is_closed_by_its_own_kind_or_the_end():
    tokens = tokenize("x_{a(b)} (c)")
    assert tokens[matching(tokens, 2)].text == "}"
    unclosed = tokenize("(a + [b]")
    assert matching(unclosed, 0) == len(unclosed)


@pytest.mark.parametrize(
    ("formula", "inner", "following"),
    [("x_{ab} c", "ab", "c"), ("x_a b", "a", "b"), ("x_(ab) c", "(ab)", "c")],
)
def test_a_script_is_one_token_or_what_its_bracket_holds(formula, inner, following):
    tokens = tokenize(formula)
    found, after = script(tokens, 2)
    assert (text(found), tokens[after].text) == (inner, following)


def test_scripts_belong_to_the_name_before_them_another_script_skipped():
    tokens = tokenize("x_a^b + y^{n}_c")
    assert [(base.text, text(inner)) for base, inner, _ in scripts(tokens, "_")] == [("x", "a"), ("y", "c")]
    assert [(base.text, text(inner)) for base, inner, _ in scripts(tokens, "^")] == [("x", "b"), ("y", "n")]


def test_tokens_know_whether_they_stand_in_a_script():
    tokens = tokenize("x_{a} b^c d")
    inside = [token.text for token, yes in zip(tokens, in_scripts(tokens), strict=True) if yes]
    assert [letter for letter in inside if letter.isalpha()] == ["a", "c"]


def test_primes_and_scripts_are_passed_over():
    tokens = tokenize("f'_a^{b}(x)")
    assert tokens[after_scripts(tokens, 1)].text == "("


def test_a_statement_begins_a_formula_or_follows_a_relation_or_comma():
    tokens = tokenize("a = b + c, d")
    assert [token.text for n, token in enumerate(tokens) if token.kind == "name" and starts(tokens, n)] == [
        *("a", "b", "d")
    ]
