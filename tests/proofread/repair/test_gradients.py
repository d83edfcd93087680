"""Gradients by whole vectors and matrices, worked out from the differential."""

import pytest
from tests.proofread.repair.failing import problem

from pminusy.proofread.repair.gradients import with_gradients
from pminusy.proofread.rules.tidying import tidy
from pminusy.proofread.rules.tidying.parentheses import written
from pminusy.proofread.syntax.latex import to_latex

SHAPES = r"Let $M$ be an $m \times n$ matrix, $u \in \mathbb{R}^n$, $c \in \mathbb{R}^m$ and $g$ a number."
SQUARE = r"Let $Q$ be a symmetric $n \times n$ matrix and $u, h \in \mathbb{R}^n$."


@pytest.mark.parametrize(
    ("text", "formulas", "form"),
    [
        (SHAPES, (r"F = \|M u - c\|^2", r"\frac{\partial F}{\partial u} = 0"), r"2 M^T \left(M u - c\right)"),
        (SHAPES, (r"F(u) = (c - M u)^T (c - M u)", r"\nabla F(u) = 0"), r"-2 M^T \left(c - M u\right)"),
        (SHAPES, (r"F = \|M u - c\|^2", r"\frac{\partial F}{\partial M} = 0"), r"2 \left(M u - c\right) u^T"),
        (
            SQUARE,
            (r"F = (u - h)^T Q^{-1} (u - h)", r"\frac{\partial F}{\partial h} = 0"),
            r"-2 Q^{-1} \left(u - h\right)",
        ),
    ],
)
def test_gradients(text, formulas, form):
    found = problem(*formulas, text=text)
    assert form in [
        to_latex(tidy(written(each), lambda _: False)) for each in with_gradients(found.left, found.setting)
    ]


def test_what_is_defined_is_varied_by_itself():
    found = problem("v = M u", r"F = (v - c)^T (v - c)", r"\frac{\partial F}{\partial v} = 0", text=SHAPES)
    assert to_latex(tidy(written(with_gradients(found.left, found.setting)[0]))) == r"2 \left(v - c\right)"


def test_derivatives_by_numbers_are_none():
    found = problem("F = g^2", r"\frac{\partial F}{\partial g} = 0", text=SHAPES)
    assert with_gradients(found.left, found.setting) == []
