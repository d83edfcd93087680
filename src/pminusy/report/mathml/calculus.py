"""Sums over indices, derivatives and differentials."""

from itertools import groupby

from pminusy.proofread.syntax.ellipses import spelled_out
from pminusy.proofread.syntax.tree import (
    LISTS,
    Add,
    Between,
    Binding,
    Call,
    Derivative,
    Differential,
    Fold,
    Integral,
    Limit,
    Multiply,
    Partial,
    Symbol,
    walk,
)
from pminusy.report.mathml.arithmetic import THIN, operand, powered
from pminusy.report.mathml.elements import (
    element,
    fenced,
    identifier,
    limits,
    operator,
    row,
    scripts,
    separated,
)
from pminusy.report.mathml.show import Handlers, Show

_FOLDS = {"sum": "∑", "prod": "∏"}
_NABLA = identifier("∇", mathvariant="normal")


def _fold(node: Fold, show: Show) -> str:
    if node.kind in LISTS:
        return show(spelled_out(node))
    sign = operator(_FOLDS.get(node.kind, node.kind), movablelimits="true")
    folded = limits(sign, _below(node, show), _above(node, show))
    return element("mrow", folded, operand(node.body, show, Add))


def _below(node: Fold, show: Show) -> str:
    """The bindings, but an index that only a condition follows is named by that: k ≠ i says what k, k ≠ i does."""
    named = set(walk(node.condition)) if node.condition else set()
    parts = [_range(each, show) for each in node.bindings if each.low is not None or each.index not in named]
    parts += [show(node.condition)] if node.condition else []
    return separated(parts)


def _range(binding: Binding, show: Show) -> str:
    if binding.low is None:
        return show(binding.index)
    return element("mrow", show(binding.index), operator("="), show(binding.low))


def _above(node: Fold, show: Show) -> str:
    highs = [show(each.high) for each in node.bindings if each.high is not None]
    return separated(highs)


def _derivative(node: Derivative, show: Show) -> str:
    sign = _sign(node.mark)
    if node.form == "nabla":
        return element("mrow", _nabla(node, show), _body(node, show))
    if node.form == "subscript":
        return element("mrow", scripts(sign, row(*map(show, node.variables))), _body(node, show))
    above, below = scripts(sign, "", _order(len(node.variables))), _variables(node, sign, show)
    if node.form == "slash":
        return element("mrow", above, _body(node, show), operator("/"), below)
    if node.form == "operator":
        return element("mrow", element("mfrac", above, below), _body(node, show))
    return element("mfrac", element("mrow", above, _body(node, show)), below)


def _nabla(node: Derivative, show: Show) -> str:
    """The sign with what it is taken with respect to, which may be left out; twice the same is a square."""
    variables = list(dict.fromkeys(node.variables))
    below = separated([show(each) for each in variables if each != Symbol("")])
    return scripts(_NABLA, below, _order(len(node.variables) // len(variables)))


def _sign(mark: str) -> str:
    return identifier("∂" if mark == r"\partial" else "d", mathvariant="normal")


def _order(times: int) -> str:
    return element("mn", str(times)) if times > 1 else ""


def _variables(node: Derivative, sign: str, show: Show) -> str:
    parts = []
    for variable, times in groupby(node.variables):
        parts += [sign, powered(variable, _order(len(list(times))), show)]
    return element("mrow", *parts)


def _partial(node: Partial, show: Show) -> str:
    """A derivative or gradient of a function, and the arguments that it is taken at."""
    arguments = fenced("(", separated([show(argument) for argument in node.arguments]), ")")
    if not node.by:
        return element("mrow", _NABLA, show(node.function), arguments)
    bare = Derivative(node.function, node.by, mark=node.mark)
    return element("mrow", _derivative(bare, show), arguments)


def _body(node: Derivative, show: Show) -> str:
    """What is differentiated; a function's name is set off from the sign before it."""
    return (THIN if isinstance(node.body, Call) else "") + operand(node.body, show, Add)


def _differential(node: Differential, show: Show) -> str:
    return element("mrow", identifier("d", mathvariant="normal"), operand(node.body, show, Add, Multiply))


def _integral(node: Integral, show: Show) -> str:
    sign = operator("∫")
    if node.low is not None and node.high is not None:
        sign = element("msubsup", sign, show(node.low), show(node.high))
    variable = element("mrow", identifier("d", mathvariant="normal"), show(node.variable))
    return element("mrow", sign, operand(node.body, show, Add), THIN, variable)


def _limit(node: Limit, show: Show) -> str:
    target = scripts(show(node.target), above=operator(node.side) if node.side else "")
    below = element("mrow", show(node.variable), operator("→"), target)
    return element("mrow", limits(operator("lim"), below), THIN, operand(node.body, show, Add))


def _between(node: Between, show: Show) -> str:
    """`[F]_low^high`, or `F|_place` for one place alone."""
    variable = show(node.variable) + operator("=") if node.variable is not None else ""
    high = element("mrow", variable, show(node.high))
    if node.low is None:
        return element("msub", element("mrow", show(node.body), operator("|")), high)
    low = element("mrow", variable, show(node.low))
    return element("msubsup", element("mrow", operator("["), show(node.body), operator("]")), low, high)


CALCULUS: Handlers = {
    Between: _between,
    Fold: _fold,
    Derivative: _derivative,
    Differential: _differential,
    Partial: _partial,
    Integral: _integral,
    Limit: _limit,
}
