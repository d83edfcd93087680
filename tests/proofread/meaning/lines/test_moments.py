"""Laws from the moments that a text gives, or from the customary names of their parameters."""

from __future__ import annotations

import pytest

from pminusy.proofread.meaning.lines.moments import by_custom, by_moments, said_moments
from pminusy.proofread.source.draws import Draw
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Node, Symbol

MEAN, SPREAD = Symbol("m"), Symbol("s")


def draw(law: str, *parameters: Node) -> Draw:
    return Draw(Symbol("X"), law, parameters, 0)


def parameters(law: object) -> list[str]:
    return [to_latex(parameter) for parameter in law.parameters]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("gaussian", "normal", ["m", r"\left(s\right)^2"]),
        ("poisson", "poisson", ["m"]),
        ("bernoulli", "bernoulli", ["m"]),
        ("exponential", "exponential", [r"\frac{1}{m}"]),
        ("geometric", "geometric", [r"\frac{1}{m}"]),
    ],
)
def test_a_law_has_the_moments_that_the_text_gives(name, kind, expected):
    law = by_moments(draw(name), said_moments([draw("mean", MEAN), draw("deviation", SPREAD)]))
    assert (law.kind, parameters(law)) == (kind, expected)


def test_a_variance_that_is_given_goes_before_a_deviation():
    said = said_moments([draw("deviation", SPREAD), draw("variance", Symbol("v"))])
    assert said == {"mean": None, "variance": Symbol("v"), "deviation": SPREAD}


@pytest.mark.parametrize("name", ["uniform", "gamma", "normal"])
def test_what_the_moments_do_not_settle_is_left_open(name):
    assert by_moments(draw(name), said_moments([draw("mean", MEAN)])) is None
    assert by_moments(draw(name), said_moments([])) is None


def test_customary_names_count_where_the_page_uses_them():
    assert parameters(by_custom(draw("normal"), {r"\mu": False, r"\sigma": False})) == [r"\mu", r"\sigma^2"]
    assert by_custom(draw("normal"), {r"\mu": False}) is None
    assert parameters(by_custom(draw("exponential"), {r"\theta": False})) == [r"\theta"]
    assert by_custom(draw("uniform"), {"a": False}) is None


def test_a_name_that_is_an_average_is_not_the_parameter_itself():
    (parameter,) = by_custom(draw("poisson"), {r"\lambda": True}).parameters
    assert parameter != Symbol(r"\lambda")
