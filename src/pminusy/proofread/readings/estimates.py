r"""What the first line about the mean of an estimate says that the estimate is.

$E[S^2] = \frac{1}{n - 1} E[\sum_i (X_i - \bar X)^2]$ says what $S^2$ is, where nothing else does.
"""

from __future__ import annotations

from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax.chances import is_conditioned, is_expectation
from pminusy.proofread.syntax.tree import Call, Group, Multiply, Node, Power, Symbol, walk


def says_what_an_estimate_is(left: Node, right: Node, view: View, page: Page) -> bool:
    """Whether the mean or variance of a name is that of an expression, and the page says nothing else of the name."""
    call = _mean(left)
    factors = right.factors if isinstance(right, Multiply) else (right,)
    others = [each for each in map(_mean, factors) if each is not None]
    if call is None or len(others) != 1 or others[0].function != call.function:
        return False
    if call.function.name == "Var" and len(factors) > 1:
        return False
    name = _name(call.arguments[0])
    if name is None or _name(others[0].arguments[0]) is not None:
        return False
    family = view.model.families.resolve(name)[0]
    if family in view.model.definitions or family + "²" in view.model.definitions:
        return False
    calls = [n for tree in _trees(page) for n in walk(tree) if isinstance(n, Call) and _mean(n) is not None]
    alone = sum(_name(each.arguments[0]) == name for each in calls)
    return alone == sum(s == name for tree in _trees(page) for s in main_symbols(tree))


def _mean(node: Node) -> Call | None:
    """An expectation or variance of one thing."""
    while isinstance(node, Group):
        node = node.body
    if not isinstance(node, Call) or not is_expectation(node.function.name):
        return None
    return node if len(node.arguments) == 1 and not is_conditioned(node.function.name) else None


def _name(node: Node) -> Symbol | None:
    """The name that something is, or is the square of."""
    while isinstance(node, Group):
        node = node.body
    node = node.base if isinstance(node, Power) else node
    return node if isinstance(node, Symbol) else None


def _trees(page: Page) -> list[Node]:
    return [m.tree for chain in page.chains for m in chain.members if m.tree is not None]
