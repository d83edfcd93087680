from tests.proofread.deriving.losses import CROSS_ENTROPY

from pminusy.proofread.deriving.differentiation import Differentiation, is_left
from pminusy.proofread.deriving.problem import read_problem
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex


def steps(given, by):
    problem = read_problem(given, by, None, ())
    return list(Differentiation(problem.setting, Tidy()).steps(problem.target))


def test_all_derivatives_of_one_level_are_taken_before_those_that_arise():
    names = [applied.rule.name for applied in steps([r"f = \sin(x^2) + \cos(x^3)"], "x")]
    assert names == [
        "definition put in",
        "derivative of a sum",
        "derivative of a function",
        "derivative of a function",
        "power rule",
        "power rule",
    ]


def test_it_goes_through_the_definitions():
    last = steps(CROSS_ENTROPY, "o_i")[-1].tree
    assert not is_left(last)


def test_what_no_rule_is_for_is_left():
    last = steps([r"f = x \zeta(x)"], "x")[-1].tree
    assert is_left(last)
    assert to_latex(last).startswith(r"\zeta\left(x\right) + x \frac")
