"""How the derivatives of a page by vectors and matrices may be laid out."""

from __future__ import annotations

import re
from dataclasses import replace

from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax.tree import Derivative, Node, Symbol, walk

LAYOUTS = (Layout(), Layout("row", "numerator"), Layout("column", "denominator"))


def layouts(page: Page) -> tuple[Layout, ...]:
    """The layouts to try: the one that was decided on or that the text names, or all."""
    if page.settled.layout is not None:
        return (settled_layout(page),)
    if re.search(r"denominator[- ]layout|the shape of", page.text, re.IGNORECASE):
        return (LAYOUTS[0], LAYOUTS[2])
    if re.search(r"numerator[- ]layout", page.text, re.IGNORECASE):
        return (replace(LAYOUTS[1], matrix="numerator"),)
    return LAYOUTS


def settled_layout(page: Page) -> Layout:
    """The layout that was decided on, or the usual one."""
    return LAYOUTS[page.settled.layout or 0]


def depends_on_layout(model: Model) -> bool:
    """Whether the page takes derivatives by more than single numbers."""
    return any(rank > 0 for rank in model.shapes.ranks.values()) and any(
        not (node.variables and all(_is_number(each, model) for each in node.variables))
        for tree in model.trees
        for node in walk(tree)
        if isinstance(node, Derivative)
    )


def _is_number(variable: Node, model: Model) -> bool:
    if not isinstance(variable, Symbol):
        return False
    family, indices = model.families.resolve(variable)
    return model.axis_count(family) <= len(indices)
