"""A derivative taken wrongly is told by the rule that went wrong, with the formula at hand."""

import pytest
from tests.proofread.repair.mistakes.replaying import told


@pytest.mark.parametrize(
    ("definition", "derivative", "slip", "words"),
    [
        (r"g(t) = \frac{\sin t}{t}", r"\frac{\cos t}{t}", "second term of the quotient rule missing", "$t$"),
        (
            r"g(t) = \frac{\sin t}{t}",
            r"\frac{t \cos t + \sin t}{t^2}",
            "sign in the quotient rule",
            "subtracted",
        ),
        (
            r"g(t) = \frac{\sin t}{t}",
            r"\frac{\sin t - t \cos t}{t^2}",
            "sign in the quotient rule",
            "wrong way round",
        ),
        (r"g(t) = \frac{\sin t}{t}", r"\frac{t \cos t - \sin t}{t}", "denominator not squared", "$t$"),
        (
            r"g(t) = \frac{1}{4 + t^2}",
            r"\frac{2 t}{(4 + t^2)^2}",
            "derivative of a reciprocal",
            "the minus was lost",
        ),
        (
            r"g(t) = \frac{1}{4 + t^2}",
            r"-\frac{2 t}{4 + t^2}",
            "derivative of a reciprocal",
            "the square was lost",
        ),
        (r"g(t) = t^5 \sin t", r"5 t^4 \sin t", "term of the product rule missing", r"$\sin t$"),
        (r"g(t) = t^5 \sin t", r"5 t^4 \cos t", "product of derivatives", r"$t^5 \sin t$"),
        (r"g(t) = t^5", "t^4", "exponent not brought down", "the factor $5$ is missing"),
        (r"g(t) = t^5", "5 t^5", "exponent not lowered", "$t^4$ is left"),
        (r"g(t) = t^{-3}", "-3 t^{-2}", "exponent not lowered", "$t^{-4}$ is left"),
        (r"g(t) = (1 + 7 t)^3", "3 (1 + 7 t)^2", "missing inner derivative", "its derivative $7$"),
        (r"g(t) = (3 - a t)^2", "-2 (3 - a t)", "missing inner derivative", "its factor $a$ is missing"),
        (r"g(t) = e^{t^2}", "e^{t^2}", "missing inner derivative", "$2 t$"),
        (r"g(t) = e^{-4 t}", "4 e^{-4 t}", "sign error", "$-4$ was lost"),
        (r"g(t) = e^{2 t}", "4 t e^{2 t - 1}", "wrong exponent", "no power rule"),
        (r"g(t) = 3^t", "3^t", "missing factor", "$3$"),
        (r"g(t) = \log(1 + t^2)", "2 t", "factor of the logarithm missing", r"$\frac{1}{1 + t^2}$"),
        (r"g(t) = \log(1 + t^2)", r"\frac{1}{1 + t^2}", "missing inner derivative", "$2 t$"),
        (r"g(t) = \cos t", r"\sin t", "sign error", "minus the sine"),
        (r"g(t) = \sin(3 t)", r"3 \sin(3 t)", "function not differentiated", "the cosine"),
        (r"g(t) = t^2 + \sin t", "2 t", "missing term", r"$\sin t$"),
        (r"g(t) = t^2 + 9", "2 t + 9", "function not differentiated", "$9$"),
    ],
)
def test_the_rule_that_went_wrong_is_named(definition, derivative, slip, words):
    name, sentence = told(definition, f"g'(t) = {derivative}")
    assert name == slip
    assert words in sentence


def test_an_entry_by_another_entry():
    name, sentence = told(r"z_j = \sum_k w_{jk} x_k", r"\frac{\partial z_j}{\partial w_{ab}} = x_b")
    assert name == "missing delta"
    assert r"\delta_{ja}" in sentence


def test_a_mistake_in_a_definition_on_the_way():
    name, sentence = told("u = t^4", r"h = \sin u", r"\frac{d h}{d t} = t^3 \cos u")
    assert name == "exponent not brought down"
    assert "$t^4$" in sentence


def test_a_line_that_no_rule_applied_wrongly_leads_to():
    assert told("g(t) = t^4", r"g'(t) = \sin t + 17") == ("", "")


@pytest.mark.parametrize("right", ["f'(x) g'(x)", "f'(g'(x))", "f'(x)"])
def test_the_derivative_of_an_outer_function_at_another_place(right):
    name, sentence = told(rf"\frac{{d}}{{dx}} f(g(x)) = {right}")
    assert name == "outer derivative at another place"
    assert "g(x)" in sentence.replace(r"\left", "").replace(r"\right", "")
