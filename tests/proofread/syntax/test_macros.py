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
        (r"\DeclareMathOperator{\im}{\implies}", "im", Macro(0, r"\implies")),
        (r"\newcommand{\by}[2][x]{\partial_{#1} #2}", "by", Macro(2, r"\partial_{#1} #2", default="x")),
        (r"\def\mean[#1,#2]{\frac{#1}{#2}}", "mean", Macro(2, r"\frac{#1}{#2}", pattern="[#1,#2]")),
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


def written(text, **own):
    macros = with_packages(own, text)
    return expand(text, 0, len(text), macros).text


def test_optional_arguments_and_arguments_in_a_pattern():
    by = Macro(2, r"D_{#1} #2", default="x")
    assert written(r"\by[t]{f} + \by{g}", by=by) == "D_{t} f + D_{x} g"
    mean = Macro(2, r"#1 over #2", pattern="[#1,#2]")
    assert written(r"\mean[a b, n]c", mean=mean) == "a b over  nc"


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        (r"\pdv{f}{x}", r"\frac{\partial f}{\partial x}"),
        (r"\pdv{x}(x^2)", r"\frac{\partial}{\partial x}(x^2)"),
        (r"\dv[2]{f}{x}", r"\frac{d^{2} f}{d x^{2}}"),
        (r"\pdv{f}{x}{y}", r"\frac{\partial^2 f}{\partial x \partial y}"),
        (r"\qty(a + b)", "(a + b)"),
        (r"\trans{w} x + w\trans x", r"{w}^{\top} x + w^{\top} x"),
        (r"\abs x + \abs{y}", r"\left|x\right| + \left|y\right|"),
        (r"\norm[1]{x}", r"\left\|x\right\|_{1}"),
    ],
)
def test_macros_of_packages_go_by_what_follows_them(text, expanded):
    assert written(text) == expanded
