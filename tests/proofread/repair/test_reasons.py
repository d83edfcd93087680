"""The sentence about a slip speaks of the line at hand."""

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.repair.reasons import FITS

SOFTMAX = r"$$q_j = \frac{e^{a_j}}{\sum_k e^{a_k}}$$ $$H = -\sum_j t_j \log q_j$$" + "\n"


def first(*formulas):
    """The first repair of a page."""
    return proofread("\n".join(f"$${formula}$$" for formula in formulas)).first_wrong.suggestions[0]


@pytest.mark.parametrize(
    ("formulas", "sentence"),
    [
        (
            (r"g(t) = \sin(5 t)", r"g'(t) = \cos(5 t)"),
            r"The chain rule: $5 t$ stands inside of $\sin(5 t)$, and its derivative $5$ is missing as a factor.",
        ),
        (
            (r"g(t) = t^6", r"g'(t) = t^5"),
            "Differentiating $t^6$ brings its exponent down: the factor $6$ is missing.",
        ),
        (
            (r"g(t) = t^6", r"g'(t) = 6 t^6"),
            "Differentiating lowers the exponent by one: of $t^6$, $t^5$ is left.",
        ),
        (
            (r"g(t) = t + \cos t", r"g'(t) = 1 + \sin t"),
            "The derivative of the cosine is minus the sine: the minus was lost.",
        ),
        (
            (r"g(t) = \log(1 - t)", r"g'(t) = \frac{1}{1 - t}"),
            r"Inside of $\log(1 - t)$ stands $1 - t$, whose derivative brings a minus: the sign was lost.",
        ),
        (
            (r"\int_0^3 x^2 dx = \int_3^0 u^2 du",),
            "The integral runs from $0$ to $3$; the other way round, its sign turns.",
        ),
        (
            (r"(a + 5 b) c + a^2 = a c + 7 b c + a^2",),
            "The left side has $5$ where $7$ stands here.",
        ),
    ],
)
def test_a_slip_is_told_with_the_names_of_the_line(formulas, sentence):
    assert first(*formulas).explanation == sentence


def test_an_index_that_runs_is_told_from_the_one_that_is_differentiated_by():
    text = SOFTMAX + r"$$\frac{\partial H}{\partial a_i} = -t_i (1 - q_i) + \sum_{k \ne i} t_k q_k$$"
    said = proofread(text).first_wrong.suggestions[0]
    assert said.explanation == (
        "In the sum, $k$ is the index that runs and $i$ the one you differentiate by, so it is $q_i$."
    )


def test_the_logarithmic_derivative():
    text = (
        SOFTMAX
        + r"$$-\sum_j t_j \frac{\partial \log q_j}{\partial a_i} = -\sum_j t_j \frac{\partial q_j}{\partial a_i}$$"
    )
    said = proofread(text).first_wrong.suggestions[0]
    assert said.explanation.startswith(r"The derivative of $\log q_j$ is that of $q_j$ divided by $q_j$")


def test_a_sigmoid_at_minus_u():
    text = r"$\sigma(x) = \frac{1}{1 + e^{-x}}$ $$\frac{1}{1 + e^{-w}} + w = (1 - \sigma(w)) + w$$"
    said = proofread(text).first_wrong.suggestions[0]
    assert said.explanation.startswith(r"$\sigma(-u) = 1 - \sigma(u)$: the minus was lost")


def test_what_no_slip_explains_says_so():
    said = first(r"(a + b)^2 = a^2 + 2 a b")
    assert said.explanation == FITS
    assert said.link is None


def test_no_internal_names_are_shown():
    text = r"$$z^{(1)} = w x, \quad L = (z^{(1)} - y)^2$$ $$\frac{\partial L}{\partial w} = (z^{(1)} - y) x$$"
    for said in proofread(text).first_wrong.suggestions:
        assert "@" not in said.explanation + said.repair


def test_what_the_rules_lead_to_is_said_to_come_from_them():
    said = first("h = u v", r"\frac{\partial h}{\partial u} = u")
    assert said.repair == "v"
    assert said.explanation.startswith("Carried out by the rules")


def test_a_quantity_in_place_of_another_kind_was_not_copied():
    said = proofread("$$R = S + T$$ $$(R - S)^2 + 1 = R^2 + 1$$").first_wrong.suggestions
    assert not any("where $R$ stands" in one.explanation for one in said)
