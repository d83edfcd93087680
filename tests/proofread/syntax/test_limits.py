"""Limits as they are written."""

from __future__ import annotations

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Limit, Negative, Number, Symbol

ENDLESS = Symbol(r"\infty")


@pytest.mark.parametrize(
    ("latex", "variable", "target", "side"),
    [
        (r"\lim_{t \to 0} f(t)", "t", Number("0"), ""),
        (r"\lim\limits_{t \rightarrow a^+} f(t)", "t", Symbol("a"), "+"),
        (r"\lim_{t \to 0^{-}} f(t)", "t", Number("0"), "-"),
        (r"\lim_{t \to 2-} f(t)", "t", Number("2"), "-"),
        (r"\lim_{t \to +\infty} f(t)", "t", ENDLESS, ""),
        (r"\lim_{t \to -\infty} f(t)", "t", Negative(ENDLESS), ""),
        (r"\lim{t \to 0} f(t)", "t", Number("0"), ""),
        (r"\lim_{\Delta t \to 0} f(t)", r"\Delta t", Number("0"), ""),
        (r"\lim_n a_n", "n", ENDLESS, ""),
    ],
)
def test_variable_target_and_side(latex: str, variable: str, target: object, side: str) -> None:
    limit = tree(latex)
    assert isinstance(limit, Limit)
    assert (limit.variable.name, limit.target, limit.side) == (variable, target, side)


def test_a_limit_reaches_as_far_as_its_product() -> None:
    assert to_latex(tree(r"\lim_{t \to 0} 2 t + c")) == r"\lim_{t \to 0} 2 t + c"
    assert not isinstance(tree(r"\lim_{t \to 0} 2 t + c"), Limit)


@pytest.mark.parametrize("latex", [r"\lim f", r"\lim_{x + y \to 0} f", r"\lim_{(x, y) \to (0, 0)} f"])
def test_other_limits_are_not_read(latex: str) -> None:
    with pytest.raises(Unreadable):
        tree(latex)
