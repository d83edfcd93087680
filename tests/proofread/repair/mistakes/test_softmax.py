"""What goes wrong with the derivative of a softmax."""

import pytest
from tests.proofread.repair.mistakes.replaying import told

SOFTMAX = r"s_m = \frac{e^{a_m}}{\sum_l e^{a_l}}"


@pytest.mark.parametrize(
    ("derivative", "slip", "words"),
    [
        (r"s_m (1 - s_i)", "missing delta", r"\delta_{mi}"),
        (r"s_m (\delta_{mi} - s_m)", "wrong index", "it is $s_i$"),
        (r"-s_m s_i", "missing term", "equal indices"),
        (r"\delta_{mi} s_m (1 - s_m)", "missing off-diagonal Jacobian terms", "every logit"),
        (r"\delta_{mi} - s_i", "missing factor", "the factor $s_m$ is missing"),
        (r"s_m (s_i - \delta_{mi})", "sign error", "turned"),
        (r"s_m (\delta_{mi} + s_i)", "sign error", "the sign of $s_i$ was lost"),
    ],
)
def test_the_softmax(derivative, slip, words):
    name, sentence = told(SOFTMAX, rf"\frac{{\partial s_m}}{{\partial a_i}} = {derivative}")
    assert name == slip
    assert words in sentence


def test_inside_of_a_loss():
    name, _ = told(
        SOFTMAX, r"L = -\sum_l t_l \log s_l", r"\frac{\partial L}{\partial a_i} = -\sum_l t_l (1 - s_i)"
    )
    assert name == "missing delta"
