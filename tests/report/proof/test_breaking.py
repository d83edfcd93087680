from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from pminusy.report.proof.breaking import broken


def _lines(text, width):
    return [line.plain for line in broken(Text(text), width)]


@given(st.text("ab \\+-={}_^", max_size=200), st.integers(5, 60))
def test_nothing_but_blanks_at_the_breaks_is_lost(text, width):
    lines = _lines(text, width)
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_blanks_come_first_then_commands_and_signs():
    assert _lines(r"aaaa + \frac{b}{c} d", 11) == ["aaaa +", r"\frac{b}{c}", "d"]
    assert _lines(r"\frac{a}{b}+\frac{c}{d}", 15) == [r"\frac{a}{b}", r"+\frac{c}{d}"]
    assert _lines(r"\left|v\right|\left|w\right|", 20) == [r"\left|v\right|", r"\left|w\right|"]


def test_a_command_or_an_exponent_is_not_cut_from_its_sign():
    assert _lines(r"aaaaaaa_{-1}bbb", 12) == ["aaaaaaa_{-1}", "bbb"]
    assert _lines("x" * 10, 4) == ["xxxx", "xxxx", "xx"]


def test_styles_are_kept():
    text = Text.assemble("aaaa ", ("bbbb", "red"), " cccc")
    assert [line.spans[0].style if line.spans else "" for line in broken(text, 5)] == ["", "red", ""]


def test_a_blank_outside_of_braces_is_better_than_a_later_one_within():
    text = "a" * 20 + r" + \frac{\partial b}{\partial c}"
    assert _lines(text, 40) == ["a" * 20 + " +", r"\frac{\partial b}{\partial c}"]
    assert _lines("a" * 20 + " + (b - c)", 28) == ["a" * 20 + " +", "(b - c)"]
