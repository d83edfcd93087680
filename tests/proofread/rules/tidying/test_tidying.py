"""The whole pass: nothing changes in value, nothing gets longer, nothing is left to do."""

import math

import pytest
from hypothesis import assume, given
from tests.proofread.reading import tree
from tests.proofread.rules.tidying.expressions import expressions, worth

from pminusy.proofread.rules.tidying import tidy
from pminusy.proofread.rules.tidying.numbers import length
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Group


def tidied(latex: str) -> str:
    return to_latex(tidy(tree(latex)))


@given(expressions())
def test_the_value_stays(node):
    before = worth(node)
    assume(math.isfinite(before))
    assert worth(tidy(node)) == pytest.approx(before, rel=1e-9, abs=1e-9)


@given(expressions())
def test_it_never_gets_longer(node):
    assert length(tidy(node)) <= length(node)


@given(expressions())
def test_a_second_time_changes_nothing(node):
    once = tidy(node)
    assert tidy(once) is once


@pytest.mark.parametrize(
    ("untidy", "tidy_form"),
    [
        (r"\frac{q}{q}", "1"),
        (r"\frac{1}{\tau} \tau", "1"),
        (r"\frac{1}{2} \cdot 2 \cos x", r"\cos x"),
        (r"\frac{1}{2} \cdot \frac{a + b}{4}", r"\frac{a + b}{8}"),
        (r"19 - 1", "18"),
        (r"a - - b", "a + b"),
        (r"-\frac{-2 a}{3}", r"\frac{2 a}{3}"),
        (r"\frac{u v^2}{v w}", r"\frac{u v}{w}"),
        (r"1 \tanh(u)", r"\tanh\left(u\right)"),
        (r"a + b - (a + b)", "0"),
        (r"\frac{2}{2 a}", r"\frac{1}{a}"),
        (r"2 x \left( - y \right)", "-2 x y"),
        (r"a + a", "2 a"),
    ],
)
def test_what_no_teacher_writes(untidy, tidy_form):
    assert tidied(untidy) == tidy_form


@pytest.mark.parametrize(
    "latex",
    [r"x \left(a + b\right) + c", r"\frac{1}{s^2} \sum_k a_k", r"e^{a} e^{b}", r"a - \left(b - c\right)"],
)
def test_what_an_author_may_have_meant_stays(latex):
    node = tree(latex)
    assert tidy(node) is node


def test_vectors_are_not_cancelled():
    node = tree(r"\frac{v}{v}")
    assert tidy(node, lambda _: False) is node


def test_what_is_kept_is_not_looked_at():
    node = tree(r"\left(1 + 2\right) x + \left(1 + 2\right) y")
    first = node.terms[0].factors[0]
    kept = tidy(node, keep=frozenset([id(first)]))
    assert [type(term.factors[0]) for term in kept.terms] == [Group, type(tidy(first))]
