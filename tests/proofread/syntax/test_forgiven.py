from pminusy.proofread.syntax.forgiven import forgiven
from pminusy.proofread.syntax.lexer import tokenize


def texts(latex):
    return ["".join(token.text for token in tokens) for tokens in forgiven(tokenize(latex))]


def test_the_formula_itself_comes_first():
    assert texts("a + b") == ["a+b"]


def test_a_note_behind_a_bar_a_point_between_factors_and_a_sign_at_the_end_are_left_out():
    assert "x-1" in texts("x - 1 | +1")
    assert r"a\cdotb" in texts("a . b")
    assert "a" in texts(r"a \cdot")


def test_bars_around_something_stay():
    assert texts("|x| + 1") == ["|x|+1"]
