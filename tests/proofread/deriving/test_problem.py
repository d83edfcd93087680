import pytest
from tests.proofread.deriving.losses import CROSS_ENTROPY

from pminusy.errors import InputError
from pminusy.proofread.deriving.problem import read_problem
from pminusy.proofread.syntax.latex import to_latex


def test_definitions_are_put_into_a_page():
    problem = read_problem(CROSS_ENTROPY, "o_i", None, ["sum(y)=1"])
    assert problem.text.split("\n\n") == [
        f"$${CROSS_ENTROPY[0]}$$",
        f"$${CROSS_ENTROPY[1]}$$",
        r"Assume that $\sum_j y_j = 1$.",
    ]
    assert [str(a) for a in problem.setting.assumptions] == ["sum(y)=1"]
    assert to_latex(problem.target) == r"\frac{\partial L}{\partial o_i}"
    assert to_latex(problem.variable) == "o_i"


def test_what_a_formula_cannot_say_is_kept_beside_the_page():
    problem = read_problem(["f = t^2 x"], "x", None, ["t in {-1, 1}"])
    assert problem.assume == ("t in {-1, 1}",)
    assert "Assume" not in problem.text


def test_lines_of_a_text_are_formulas_where_none_is_marked():
    problem = read_problem("f = x y\n\ny = x^2\n", "x", None, ())
    assert problem.text == "$$f = x y$$\n\n$$y = x^2$$"


def test_a_name_with_two_indices_is_given_two_letters():
    problem = read_problem([r"f = \sum_a \sum_b W_{ab}^2"], "W", None, ())
    assert to_latex(problem.variable) == "W_{ij}"


def test_a_bracket_that_is_missing_is_not_guessed():
    with pytest.raises(InputError, match="given: expected a formula"):
        read_problem(["f = (x + 1"], "x", None, ())
