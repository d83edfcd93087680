"""The way from one line to the next."""

import pytest
from tests.proofread.rules.settings import rules_between

from pminusy.proofread import proofread
from pminusy.proofread.checking.compare import compare

SOFTMAX = r"p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}"
ANSWER = r"""$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}$$
$$L = -\sum_j y_j \log p_j$$
$$\frac{\partial L}{\partial o_i} = -\sum_k y_k \frac{\partial \log p_k}{\partial o_i}$$
$$= -\sum_k y_k \frac{1}{p_k} \frac{\partial p_k}{\partial o_i}$$
$$= -y_i (1 - p_i) - \sum_{k \ne i} y_k \frac{1}{p_k} (-p_k p_i)$$
$$= -y_i (1 - p_i) + \sum_{k \ne i} y_k p_i$$
$$= -y_i + y_i p_i + \sum_{k \ne i} y_k p_i$$
$$= p_i \left( \sum_k y_k \right) - y_i$$
$$= p_i - y_i$$
given that $\sum_k y_k = 1$."""


def test_the_gradient_of_cross_entropy_line_by_line():
    reasons = {step.line: [reason.rule for reason in step.why()] for step in proofread(ANSWER).steps}
    assert reasons[3][0] == "definition put in"
    assert "derivative of a function" in reasons[4]
    assert {"split a sum", "derivative of the softmax"} <= set(reasons[5])
    assert "cancel a factor" in reasons[6]
    assert reasons[7] == ["expand"]
    assert reasons[8] == ["join a term to a sum", "constant factor out of a sum"]
    assert reasons[9] == ["entries that sum to a number"]


def test_a_line_of_a_definition_is_named():
    step = proofread(ANSWER).steps[0]
    assert "(line 2)" in step.why()[0].sentence


@pytest.mark.parametrize(
    ("left", "right", "rules"),
    [
        (
            r"\log \frac{a b}{c}",
            r"\log a + \log b - \log c",
            ["logarithm of a quotient", "logarithm of a product"],
        ),
        (r"\frac{1}{1 + e^{-x}} (1 - \frac{1}{1 + e^{-x}})", r"\frac{e^{-x}}{(1 + e^{-x})^2}", None),
        (r"\frac{e^{-x}}{(e^{-x} + 1)^2}", r"\frac{e^x}{(e^x + 1)^2}", None),
        ("a b + c", "c + b a", ["reorder"]),
        ("a + b", "a + b", ["unchanged"]),
        (r"\int_0^1 x e^{x^2} dx", r"\int_0^1 \frac{1}{2} e^u du", ["rearrange", "substitution"]),
        (r"\int_0^1 x e^x dx", r"\left[ x e^x \right]_0^1 - \int_0^1 e^x dx", ["integration by parts"]),
        (r"\int_0^1 x^2 dx", r"\int_0^1 t^2 dt", ["reorder"]),
    ],
)
def test_a_way_is_found(left, right, rules):
    found = rules_between(left, right)
    assert found
    assert rules is None or found == rules


@pytest.mark.parametrize(
    ("left", "right"), [("a b", "a + b"), (r"\sin x", "x"), (r"\sum_k y_k z_k", r"\sum_k y_k \sum_k z_k")]
)
def test_nothing_explains_what_is_false(left, right):
    assert rules_between(left, right) == []


def test_each_line_equals_the_one_before():
    for step in proofread(ANSWER).steps:
        setting = step.explain.setting
        before = step.lhs_tree
        for reason in step.why():
            assert compare(setting.model, before, reason.tree, setting.condition, setting.assumptions)
            before = reason.tree


def test_a_step_that_does_not_hold_has_no_reasons():
    (step,) = proofread(r"$f = x^2$ $$\frac{df}{dx} = 3x$$").steps
    assert not step.holds
    assert step.why() == ()


def test_cases_are_explained_one_by_one():
    text = f"$${SOFTMAX}$$\n" + (
        r"$$\frac{\partial p_i}{\partial o_k} = \begin{cases} p_i (1 - p_i) & \text{if } i = k \\"
        r" -p_i p_k & \text{if } i \ne k \end{cases}$$"
    )
    rules = [reason.rule for reason in proofread(text).steps[-1].why()]
    assert rules.count("by cases") == 2
    assert "derivative of the softmax" in rules
