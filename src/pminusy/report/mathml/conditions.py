"""Deltas, indicators, cases and conditions; norms and matrices."""

from pminusy.proofread.syntax.tree import (
    BRACKETS,
    Cases,
    Conjunction,
    Delta,
    Indicator,
    Matrix,
    Node,
    Norm,
    Number,
    Relation,
    Symbol,
)
from pminusy.report.mathml.elements import element, fenced, identifier, operator, row, scripts, separated
from pminusy.report.mathml.show import Handlers, Show

_RELATIONS = {
    r"\ne": "≠",
    r"\neq": "≠",
    r"\le": "≤",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\geq": "≥",
    r"\in": "∈",
    r"\notin": "∉",
}
_MATRIX_FENCES = {
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
}


def _delta(node: Delta, show: Show) -> str:
    sides = [show(node.left), show(node.right)]
    short = all(isinstance(side, (Symbol, Number)) for side in (node.left, node.right))
    return scripts(identifier("δ"), row(*sides) if short else separated(sides))


def _indicator(node: Indicator, show: Show) -> str:
    condition = show(node.condition)
    if node.mark.startswith("["):
        return fenced("[", condition, "]")
    return element("mrow", element("mn", "1" if node.mark == "1" else "𝟙"), fenced("{", condition, "}"))


def _cases(node: Cases, show: Show) -> str:
    rows = (
        element("mtr", element("mtd", show(branch.value)), element("mtd", _when(branch.condition, show)))
        for branch in node.branches
    )
    table = element("mtable", *rows, columnalign="left", displaystyle="true", class_="cases")
    return fenced("{", table, "")


def _when(condition: Node | None, show: Show) -> str:
    if condition is None:
        return element("mtext", "otherwise")
    return element("mrow", element("mtext", "if\N{NO-BREAK SPACE}"), show(condition))


def _relation(node: Relation, show: Show) -> str:
    sign = operator(_RELATIONS.get(node.operator, node.operator))
    return element("mrow", show(node.left), sign, show(node.right))


def _conjunction(node: Conjunction, show: Show) -> str:
    return separated([show(part) for part in node.parts])


def _norm(node: Norm, show: Show) -> str:
    bar = "‖" if node.bar == r"\|" else "|"
    return scripts(fenced(bar, show(node.body), bar), show(node.order) if node.order else "")


def _matrix(node: Matrix, show: Show) -> str:
    if node.fence in BRACKETS:
        opening, closing = (mark.removeprefix("\\") for mark in BRACKETS[node.fence])
        return fenced(opening, separated([show(item) for cells in node.rows for item in cells]), closing)
    rows = (element("mtr", *(element("mtd", show(cell)) for cell in cells)) for cells in node.rows)
    opening, closing = _MATRIX_FENCES.get(node.fence, ("", ""))
    return fenced(opening, element("mtable", *rows), closing)


CONDITIONS: Handlers = {
    Delta: _delta,
    Indicator: _indicator,
    Cases: _cases,
    Relation: _relation,
    Conjunction: _conjunction,
    Norm: _norm,
    Matrix: _matrix,
}
