"""Whatever a rule makes of a formula is equal to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proofread.reading import read

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.rules.catalogue import FAMILIES
from pminusy.proofread.rules.moves import applications
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy

# They rest on what the formula does not say: that what is squared under a root is positive.
CONDITIONAL = {"roots"}
LEAVES = st.sampled_from(["a", "b", "t", "2", "3", "x"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: rf"\left({p[0]} + {p[1]}\right)"),
        pair.map(lambda p: rf"\left({p[0]} - {p[1]}\right)"),
        pair.map(lambda p: rf"{p[0]} \cdot {p[1]}"),
        pair.map(lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
        inner.map(lambda u: rf"e^{{{u}}}"),
        inner.map(lambda u: rf"\log\left({u}\right)"),
        inner.map(lambda u: rf"\sin\left({u}\right)"),
        inner.map(lambda u: rf"\left({u}\right)^2"),
        inner.map(lambda u: rf"\frac{{d}}{{dx}} \left({u}\right)"),
    )


FORMULAS = st.recursive(LEAVES, _grown, max_leaves=5)


@pytest.mark.parametrize("family", [name for name, _ in FAMILIES])
@given(formula=FORMULAS)
@settings(max_examples=12, deadline=None)
def test_no_application_is_false(family: str, formula: str) -> None:
    reading = read(f"0 + {formula} = y + x")
    tidy = Tidy()
    tree = tidy(reading.tree(formula))
    rules = [rule for rule in dict(FAMILIES)[family] if rule.name not in CONDITIONAL]
    for applied in applications(tree, rules, Setting(reading.model), tidy):
        outcome = compare(reading.model, tree, applied.tree, trials=1)
        assert outcome.equal is not False, (applied.rule.name, formula)
