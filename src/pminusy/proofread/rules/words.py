"""Formulas in the sentences of rules."""

from __future__ import annotations

from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Node


def tex(node: Node) -> str:
    """The formula between dollar signs."""
    return f"${to_latex(node)}$"
