"""Integrals and sums as products."""

from __future__ import annotations

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.meaning.lines.integrands import integrated, limits_of, quotient
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol


def test_limits_of_integrals_and_sums():
    assert list(map(to_latex, limits_of(tree(r"\int_0^c u du")))) == ["0", "c"]
    assert list(map(to_latex, limits_of(tree(r"\sum_{k=1}^n k")))) == ["1", "n"]
    assert limits_of(tree("u + 1")) == (None, None)


def test_constant_factors_belong_to_the_body():
    variable, _, _, factors, discrete = integrated(tree(r"\frac{c}{2} \int_0^1 u e^{-u} du"))
    assert variable == Symbol("u")
    assert not discrete
    assert len(factors) == 4
    assert integrated(tree(r"\int_0^1 u du + 1")) is None


@pytest.mark.parametrize(
    ("function", "left"),
    [("t", r"e^{-t}"), ("t^2", r"\frac{\left(t\right) \left(e^{-t}\right)}{t^2}")],
)
def test_what_is_left_without_a_function(function, left):
    body = (tree("u"), tree("e^{-u}"))
    assert to_latex(quotient(body, tree(function), Symbol("u"), Symbol("t"))) == left
