"""Random quantities: what expectations are taken of, and whether the text calls them independent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pminusy.proofread.meaning.names.definitions import FUNCTIONS, main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.tree import Call, Node, Symbol, walk

EXPECTATIONS = frozenset([r"\mathbb{E}", "Var", "Cov"])
_INDEPENDENT = re.compile(
    r"\bindependen|\bi\.?\s?i\.?\s?d\b|unabhängig|indépendan|independient|indipenden|独立|независим",
    re.IGNORECASE,
)
# Greek letters for parameters, which are seldom random where something else can be.
_PARAMETERS = frozenset(
    [r"\theta", r"\lambda", r"\mu", r"\sigma", r"\beta", r"\alpha", r"\phi", r"\Sigma", r"\pi"]
)


def random_families(trees: Iterable[Node], families: Families, defined: Collection[str]) -> frozenset[str]:
    """Free families in expectations: those below their sign, else the capitals, else whatever is no parameter."""
    calls = [
        node
        for tree in trees
        for node in walk(tree)
        if isinstance(node, Call) and node.function.name in EXPECTATIONS
    ]
    inside = {
        families.resolve(symbol)[0]: symbol.name
        for call in calls
        for argument in call.arguments
        for symbol in main_symbols(argument)
        if symbol.name not in FUNCTIONS | {r"\mathbb{E}"}
    }
    free = {family: name for family, name in inside.items() if family not in defined}
    below = {index.name for call in calls for index in call.function.lower if isinstance(index, Symbol)}
    named = {f for f, name in free.items() if any(name == each.split(r"\sim")[0] for each in below)}
    capitals = {f for f, name in free.items() if len(name) == 1 and name.isupper()}
    return frozenset(named or capitals or {f for f, name in free.items() if name not in _PARAMETERS})


def says_independent(text: str) -> bool:
    """Whether a page calls random quantities independent."""
    return bool(_INDEPENDENT.search(text))
