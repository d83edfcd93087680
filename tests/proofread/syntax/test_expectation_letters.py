"""E as an expectation, V and D as variances."""

from __future__ import annotations

import pytest

from pminusy.proofread.syntax.expectation_letters import (
    expectation_letters,
    marks_expectations,
    variance_letters,
)
from pminusy.proofread.syntax.lexer import tokenize


def pages(*formulas):
    return [list(tokenize(formula)) for formula in formulas]


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        (("E[X] = a",), True),
        (("E(X) = a",), True),
        (("E(X^2) - 2 a E(X) + E(a^2)",), True),
        (("E(x) = a",), False),
        (("E(x) = a", r"\mathrm{Var}(x) = b"), True),
        (("E(w, b) = a", "E(X)"), False),
        (("E[X]", "E + 1"), False),
        (("a",), False),
    ],
)
def test_e_is_an_expectation_where_a_random_quantity_mostly_follows(formulas, expected):
    assert marks_expectations(pages(*formulas)) is expected


@pytest.mark.parametrize(
    ("formulas", "letters"),
    [
        (("E(T) = a", "V(T) = b"), {"V"}),
        (("E[T] = a", "V[T] = E[T^2] - E[T]^2"), {"V"}),
        ((r"\mathbb{E}(Y)", "D(Y) = b"), {"D"}),
        (("V(T) = b",), set()),
        (("E[R + V(S)]", "V(S) = b"), set()),
        (("E(T) = a", "V(T) = b", "V = 3"), set()),
        ((r"\mathbb{E}[\log D(x)]", "D(x) = b"), set()),
    ],
)
def test_letters_of_variances_stand_beside_means_of_the_same(formulas, letters):
    assert variance_letters(pages(*formulas)) == letters


@pytest.mark.parametrize(
    ("formulas", "letters"),
    [
        (("M[T] = a", "D[T] = M[T^2] - (M[T])^2"), {"M"}),
        (("M(T) = a", "D(T) = b"), {"M"}),
        (("E[T] = a", "M = 3"), {"E"}),
        (("M[T] = a",), set()),
        (("M(t) = a", "D(T) = b"), set()),
    ],
)
def test_m_is_a_mean_beside_a_variance_of_the_same(formulas, letters):
    assert expectation_letters(pages(*formulas)) == letters
