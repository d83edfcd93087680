"""Integrals worked out and recognised."""

import pytest
from tests.proofread.reading import read
from tests.proofread.rules.settings import rules_between, setting_of

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.rules.families.antiderivatives import antiderivative
from pminusy.proofread.rules.families.reversed_chain import reversed_chain
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Derivative, Symbol

X = Symbol("x")


@pytest.mark.parametrize(
    "integrand",
    [
        "x^3", "a x", r"\frac{1}{x}", r"\frac{a}{x^2}", "e^{-2 x}", r"\sin(3 x)", r"\frac{1}{1 + x^2}", r"\log x",
        r"\frac{1}{2 x + 3}", r"\sqrt{x}", "(1 - x)^4", "a + x", r"\frac{1}{a^2 + x^2}", "2^x",
    ],
)  # fmt: skip
def test_an_antiderivative_has_the_integrand_as_its_derivative(integrand):
    reading = read(f"0 + {integrand} + x = q")
    body = Tidy()(reading.tree(integrand))
    found = antiderivative(body, X)
    assert found is not None
    assert compare(reading.model, Derivative(found, (X,), "operator", "d"), body)


@pytest.mark.parametrize(
    "integrand",
    ["x e^{x^2}", r"\frac{x}{1 + x^2}", r"\sin x \cos x", r"\frac{e^x}{1 + e^x}", r"\frac{\log x}{x}"],
)
def test_the_chain_rule_is_read_backwards(integrand):
    reading = read(f"0 + {integrand} + x = q")
    body = reading.tree(integrand)
    found = reversed_chain(body, X, setting_of(reading))
    assert found is not None
    assert compare(reading.model, Derivative(found, (X,), "operator", "d"), body)


def test_what_has_no_simple_antiderivative_is_left_alone():
    reading = read("0 + e^{x^2} + x = q")
    body = reading.tree("e^{x^2}")
    assert antiderivative(body, X) is None
    assert reversed_chain(body, X, setting_of(reading)) is None


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        (r"\int_0^2 f(2 x) dx", r"\frac{1}{2} \int_0^4 f(u) du", "substitution"),
        (r"\int_1^2 \frac{1}{1 + x} dx", r"\int_2^3 \frac{1}{u} du", "substitution"),
        (r"\int_0^2 x^2 dx", r"\int_0^1 x^2 dx + \int_1^2 x^2 dx", "split the range"),
        (
            r"\int_0^1 x \cos x dx",
            r"\left[ x \sin x \right]_0^1 - \int_0^1 \sin x dx",
            "integration by parts",
        ),
        (r"\int_0^1 3 x^2 dx", r"\left[ x^3 \right]_0^1", "antiderivative"),
    ],
)
def test_an_integral_is_recognised_from_its_two_ends(left, right, rule):
    assert rule in rules_between(left, right)
