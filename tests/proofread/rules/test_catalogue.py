"""Every rule fires on its own example, and its example is true."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.rules.catalogue import RULES
from pminusy.proofread.rules.moves import applications
from pminusy.proofread.rules.rule import Rule
from pminusy.proofread.rules.shapes import Shapes
from pminusy.proofread.rules.tidy import Tidy

# Tells that i, j and k are indices, and what depends on what.
INDICES = r"$$\xi + 0 = \sum_i \sum_j \sum_k \zeta_{ijk} + \sum_k z_k \sum_k y_k$$"
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}, {rule.example.before}")


def step_of(rule: Rule):
    example = rule.example
    lines = [INDICES, *(f"$${formula}$$" for formula in example.given), example.text]
    return proofread("\n".join([*lines, f"$${example.before} + 0 = {example.after}$$"])).steps[-1]


@each_rule
def test_a_rule_makes_of_its_example_what_it_says(rule: Rule) -> None:
    step = step_of(rule)
    assert step.holds, step.reason
    setting, tidy = step.explain.setting, Tidy()
    shape = Shapes(setting)
    made = [shape(applied.tree) for applied in applications(tidy(step.lhs_tree), (rule,), setting, tidy)]
    assert shape(tidy(step.rhs_tree)) in made


@each_rule
def test_a_sentence_ends_without_a_full_stop(rule: Rule) -> None:
    step = step_of(rule)
    tidy = Tidy()
    for applied in applications(tidy(step.lhs_tree), (rule,), step.explain.setting, tidy):
        assert applied.sentence
        assert not applied.sentence.endswith(".")
        assert applied.sentence.count("$") % 2 == 0
