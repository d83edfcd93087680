"""Classes that probabilities are of, told apart by their numbers."""

from __future__ import annotations

import pytest
from tests.proofread.reading import tree

from pminusy.proofread import proofread
from pminusy.proofread.meaning.lines.classes import counted, numbered


def test_what_is_summed_over_is_numbered():
    assert set(numbered([tree(r"\sum_k p(u \mid C_k) p(C_k)")])) == {("C", "k")}
    assert list(numbered([tree(r"\sum_i \log p(U_i)")])) == []
    assert list(numbered([tree(r"\sum_i p(u_i)")])) == []


def test_what_is_added_is_counted():
    assert set(counted([tree(r"P(B \mid A_1) P(A_1) + P(B \mid A_2) P(A_2)")])) == {("A", 2)}
    assert list(counted([tree(r"P(A_1) P(A_2)")])) == []


@pytest.mark.parametrize(
    "line",
    [
        r"p(C_k \mid u) = \frac{p(u \mid C_k) p(C_k)}{\sum_j p(u \mid C_j) p(C_j)}",
        r"P(A_i \mid B) = \frac{P(B \mid A_i) P(A_i)}{\sum_{j=1}^n P(B \mid A_j) P(A_j)}",
        r"p(C_1 \mid u) = \frac{p(u \mid C_1) p(C_1)}{p(u \mid C_1) p(C_1) + p(u \mid C_2) p(C_2)}",
    ],
)
def test_bayes_rule_holds_for_classes(line):
    assert proofread(f"$${line}$$").steps[-1].verdict.value == "holds"


def test_a_forgotten_prior_is_not_passed():
    line = r"p(C_k \mid u) = \frac{p(u \mid C_k) p(C_k)}{\sum_j p(u \mid C_j)}"
    assert proofread(f"$${line}$$").steps[-1].verdict.value != "holds"
