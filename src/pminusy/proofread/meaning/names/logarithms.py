"""Quantities that a page takes the logarithm or a root of, so that they are positive."""

from __future__ import annotations

from collections.abc import Collection

from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.tree import Call, Node, Number, Power, Symbol, walk


def inside_logarithms(
    trees: tuple[Node, ...], families: Families, defined: Collection[str]
) -> frozenset[str]:
    """Free families that stand in a logarithm or root themselves, not inside an exponential."""
    found: set[str] = set()
    for tree in trees:
        for node in walk(tree):
            inside: tuple[Node, ...] = ()
            if isinstance(node, Call) and node.function.name in ("log", "ln", "sqrt", "logit"):
                inside = node.arguments
            elif isinstance(node, Power) and _fractional(node.exponent):
                inside = (node.base,)
            for tree_inside in inside:
                found |= _direct(tree_inside, families, defined)
    return frozenset(found)


def _fractional(exponent: Node) -> bool:
    return not any(isinstance(n, Symbol) for n in walk(exponent)) and not isinstance(exponent, Number)


def _direct(tree: Node, families: Families, defined: Collection[str]) -> set[str]:
    if any(isinstance(n, Call) or (isinstance(n, Power) and n.base == Symbol("e")) for n in walk(tree)):
        return set()
    found = {families.resolve(n)[0] for n in walk(tree) if isinstance(n, Symbol)}
    return {family for family in found if family not in defined}
