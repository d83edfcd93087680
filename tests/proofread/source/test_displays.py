import pytest

from pminusy.proofread.source.displays import find_formulas


def found(text):
    return [(text[f.start : f.end].strip(), f.display) for f in find_formulas(text)]


@pytest.mark.parametrize(
    ("text", "formula", "display"),
    [
        ("so $a = b$.", "a = b", False),
        ("$$a = b$$", "a = b", True),
        (r"\[a = b\]", "a = b", True),
        (r"\(a = b\)", "a = b", False),
        ("[tex]a = b[/tex]", "a = b", True),
        ("[latex]a = b[/latex]", "a = b", True),
        ("[itex]a = b[/itex]", "a = b", False),
        ("<math>a = b</math>", "a = b", True),
        ("so <math>a = b</math> holds", "a = b", False),
        ("$`a = b`$", "a = b", False),
        ("```math\na = b\n```", "a = b", True),
        (r"\\[a = b\\]", "a = b", True),
        (r"\\(a = b\\)", "a = b", False),
        ("so :math:`a = b`", "a = b", False),
        (".. math:: a = b\n\nwords", "a = b", True),
        ("  .. math::\n    :label: first\n\n    a = b\n\n  words", "a = b", True),
    ],
)
def test_delimiters(text, formula, display):
    assert found(text) == [(formula, display)]


def test_environments_keep_their_begin_and_end_and_inner_ones_of_the_same_name():
    text = r"x \begin{align} a \begin{align} b \end{align} \end{align} y"
    assert found(text) == [(text[2:-2], True)]


@pytest.mark.parametrize("text", ["`$a$` and text", r"5\$ and 6\$", "```python\nprint('$a$')\n```\n"])
def test_code_and_dollars_of_money_are_no_formulas(text):
    assert found(text) == []


def test_a_display_that_is_never_closed_goes_to_the_next_blank_line():
    assert found("$$a = b\n\nmore words") == [("a = b", True)]


def test_dollars_apart_by_a_blank_line_do_not_belong_together():
    assert found("it costs 5$ here\n\nand $x$ there") == [("x", False)]


def test_in_plain_text_lines_with_an_equals_sign_are_formulas_and_sentences_are_not():
    text = "Then we get:\ny = a x + b\nThis means that the value = something else entirely here\n"
    assert found(text) == [("y = a x + b", True)]


def test_paragraphs_below_a_directive_are_displays_of_their_own():
    assert found(".. math::\n\n    a = b \\\\\n    = c\n\n    = d\n\nwords") == [
        ("a = b \\\\\n    = c", True),
        ("= d", True),
    ]


def test_words_in_escaped_brackets_are_no_formula():
    assert found(r"\[see [these notes](https://example.org/a) for more\] $a = b$") == [("a = b", False)]
