import pytest

from pminusy.proofread.syntax.macros import Macro, expand, find_macros, with_packages
from pminusy.proofread.syntax.tokens import Unreadable


@pytest.mark.parametrize(
    ("definition", "name", "macro"),
    [
        (r"\newcommand{\loss}{L}", "loss", Macro(0, "L")),
        (r"\renewcommand*\d[2]{\frac{#1}{#2}}", "d", Macro(2, r"\frac{#1}{#2}")),
        (r"\def\half#1{\frac{#1}{2}}", "half", Macro(1, r"\frac{#1}{2}")),
        (r"\DeclareMathOperator{\KL}{KL}", "KL", Macro(0, r"\operatorname{KL}")),
    ],
)
def test_definitions(definition, name, macro):
    text = f"words {definition} more"
    macros, places = find_macros(text)
    assert macros == {name: macro}
    assert [text[start:end] for start, end in places] == [definition]


def test_a_definition_that_is_never_closed_is_none():
    assert find_macros(r"\newcommand{\loss}{L") == ({}, [])


def test_macros_are_written_out_inside_each_other_and_keep_their_places():
    macros = {"a": Macro(1, r"(\b #1)"), "b": Macro(0, "x+")}
    text = r"z = \a{y};"
    expanded = expand(text, 4, 9, macros)
    assert expanded.text == "(x+ y)"
    y = expanded.text.index("y")
    place = expanded.places[y]
    assert text[place.start : place.end] == "y"
    assert text[expanded.places[0].start : expanded.places[0].end] == r"\a{y}"


def test_a_macro_that_never_ends_is_refused():
    with pytest.raises(Unreadable, match="expand without end"):
        expand(r"\a", 0, 2, {"a": Macro(0, r"\a\a")})


def test_packages_fill_in_what_a_page_uses_and_does_not_define():
    assert with_packages({}, r"\pdv{L}{x}").keys() == {"pdv"}
    own = {"pdv": Macro(0, "own")}
    assert with_packages(own, r"\pdv{L}{x}") == own
