r"""Antiderivatives that differ by a constant of integration: `\frac{\sin^2 x}{2} + C = -\frac{\cos 2x}{4} + C`."""

from __future__ import annotations

import re
from collections.abc import Callable

from pminusy.proofread.checking.compare import Comparison
from pminusy.proofread.checking.integrals import antiderivatives
from pminusy.proofread.meaning.lines.classified import Claim
from pminusy.proofread.syntax.tree import Add, Derivative, Integral, Node, Number, Symbol

_CONSTANT = re.compile(r"[Cc]\W*\d*\W*")


def equal_up_to_constant(
    claim: Claim, left: Node, right: Node, test: Callable[[Node, Node], Comparison]
) -> bool:
    """Whether both sides have a constant as a term and move alike, in a chain that begins with an antiderivative."""
    first = claim.members[0].tree
    variables = antiderivatives((first,)) if isinstance(first, Integral) else frozenset[Symbol]()
    if not variables or not _constant_terms(left) & _constant_terms(right):
        return False
    moving = [(Derivative(left, (v,)), Derivative(right, (v,))) for v in variables]
    return all(test(ours, theirs) and not test(ours, Number("0")) for ours, theirs in moving)


def _constant_terms(side: Node) -> set[Node]:
    """Letters C, maybe with a number, among the terms of a side."""
    terms = side.terms if isinstance(side, Add) else ()
    return {term for term in terms if isinstance(term, Symbol) and _CONSTANT.fullmatch(term.name)}
