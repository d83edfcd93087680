"""All rules, the most used families first."""

from __future__ import annotations

from pminusy.proofread.rules.families import (
    arithmetic,
    chain_rule,
    chance,
    definite,
    derivatives,
    differentials,
    exponentials,
    gradients,
    identities,
    integrals,
    logarithms,
    magnitudes,
    matrices,
    names,
    piecewise,
    powers,
    ranges,
    reversed_chain,
    roots,
    sigmoids,
    softmax,
    sums,
    traces,
    values,
)
from pminusy.proofread.rules.rule import Rule

FAMILIES: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Names", names.RULES),
    ("Sums", sums.RULES),
    ("Softmax", softmax.RULES),
    ("Derivatives", (*derivatives.RULES, *ranges.RULES, *chain_rule.RULES)),
    (
        "Logarithms, exponentials, roots",
        (*logarithms.RULES, *exponentials.RULES, *roots.RULES, *sigmoids.RULES),
    ),
    ("Cases", piecewise.RULES),
    ("Differentials", differentials.RULES),
    ("Vectors and matrices", (*matrices.RULES, *traces.RULES, *gradients.RULES)),
    ("Identities", identities.RULES),
    ("Integrals", (*integrals.RULES, *definite.RULES, *reversed_chain.RULES)),
    ("Values", (*values.RULES, *magnitudes.RULES)),
    ("Expectations", chance.RULES),
    ("Arithmetic", arithmetic.RULES),
    ("Powers", powers.RULES),
)
RULES: tuple[Rule, ...] = tuple(rule for _, rules in FAMILIES for rule in rules)
