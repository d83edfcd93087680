from itertools import pairwise

from tests.proofread.deriving.losses import CROSS_ENTROPY, SIGMOID

from pminusy.proofread import derive


def test_small_steps_of_one_kind_are_one_line():
    rules = [line.rule for line in derive(CROSS_ENTROPY, "o_i").lines]
    assert "derivative of a sum, constant factor out of a derivative" in rules
    assert "expand, sum of a sum, contract a delta" in rules


def test_no_line_repeats_the_one_before():
    for given, by in ((CROSS_ENTROPY, "o_i"), (SIGMOID, "z")):
        for part in derive(given, by).parts:
            lines = [part.left, *(line.latex for line in part.lines)]
            assert all(one != other for one, other in pairwise(lines))


def test_the_derivative_of_a_greek_function_is_taken_in_the_line_that_it_arises_in():
    lines = [line.latex for part in derive(SIGMOID, "z").parts for line in part.lines]
    assert not any(r"\frac{\partial}{\partial z} \sigma" in line for line in lines)
