r"""Fitted values `\hat{y}_i` of a regression: residuals add up to 0, and are orthogonal to what was fitted."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.readings.choices import customs
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Call,
    Divide,
    Fold,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    has_derivative,
)

_ROW, _RUNNING = Symbol("·i"), Symbol("·j")


def questions(left: Node, right: Node, view: View) -> Iterator[str]:
    """What to ask about a step that fails, but holds for the fitted values of a regression with an intercept."""
    model, claim = view.model.given(view.claim.given), view.claim
    if has_derivative(left, right):
        return
    free = reached_families(model, (left, right)) - model.definitions.keys()
    for name in sorted(f for f in free if f.startswith(r"\hat{") and model.rank(f) == 1):
        base = name[5:-1]
        if base in free and model.rank(base) == 1:
            fitted = Meaning(name, (_ROW.name,), (), _fit(base))
            given = model.given({**customs(model, ""), name: fitted})
            if compare(given, left, right, claim.condition, (), view.layout, 1):
                yield f"Is {to_latex(Symbol(name))} what a regression with an intercept fits? Then say how it is found."


def _fit(base: str) -> Node:
    """What least squares fits to the entries of a quantity by a line in their exponentials, as an example."""
    own, running = (Symbol(base, (letter,)) for letter in (_ROW, _RUNNING))
    exponential, mean = _exponential(running), _mean(running)
    centred = _minus(exponential, _mean(exponential))
    slope = Divide(_total(_times(centred, running)), _total(Power(Group(centred), Number("2"))))
    return Add((mean, _times(slope, _minus(_exponential(own), _mean(exponential)))))


def _exponential(node: Node) -> Node:
    return Call(Symbol("exp"), (node,))


def _minus(one: Node, other: Node) -> Node:
    return Add((one, Negative(other)))


def _times(one: Node, other: Node) -> Node:
    return Multiply((Group(one), Group(other)), ("",))


def _total(node: Node) -> Node:
    return Fold("sum", (Binding(_RUNNING),), Group(node))


def _mean(node: Node) -> Node:
    return Divide(_total(node), _total(Divide(node, node)))
