r"""One tidying pass over an expression: cancel, collect, fold numbers, drop parentheses that nothing needs.

It is no simplifier: what its author may have written on purpose, such as an order, a factor outside of a fraction or
an unexpanded product, stays. The value never changes, the expression never gets longer, and tidying it again changes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from pminusy.proofread.rules.tidying.fractions import tidy_fraction
from pminusy.proofread.rules.tidying.numbers import length
from pminusy.proofread.rules.tidying.powers import tidy_call, tidy_power
from pminusy.proofread.rules.tidying.products import tidy_product
from pminusy.proofread.rules.tidying.signs import tidy_group, tidy_negative
from pminusy.proofread.rules.tidying.sums import tidy_sum
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Power,
    map_children,
)

MOST_PASSES = 12

IsScalar = Callable[[Node], bool]


def always(_: Node) -> bool:
    """For expressions of numbers only."""
    return True


def tidy(node: Node, is_scalar: IsScalar = always, *, keep: frozenset[int] = frozenset()) -> Node:
    r"""The expression, tidied.

    Parameters
    ----------
    node : Node
    is_scalar : callable
        Tells numbers from vectors and matrices, which are neither reordered nor cancelled.
    keep : frozenset of int
        The `id` of each node that stays as it is, with everything below it: what the author wrote.

    Returns
    -------
    Node
        The same object where there is nothing to tidy.

    Examples
    --------
    >>> from pminusy.proofread.syntax.latex import to_latex
    >>> from pminusy.proofread.syntax.tree import Number, Symbol
    >>> p = Symbol("p")
    >>> to_latex(tidy(Multiply((Divide(Number("1"), Number("2")), Number("2"), p), ("", ""))))
    'p'
    """
    for _ in range(MOST_PASSES):
        again = _once(node, is_scalar, keep)
        if again == node:
            return node
        node = again
    return node


def _once(node: Node, is_scalar: IsScalar, keep: frozenset[int]) -> Node:
    if id(node) in keep:
        return node
    node = map_children(node, lambda child: _once(child, is_scalar, keep))
    rule = _RULES.get(type(node))
    new = node if rule is None else rule(node, is_scalar)
    return node if new == node or length(new) > length(node) else new


_RULES: dict[type[Node], Callable[..., Node]] = {
    Add: tidy_sum,
    Call: tidy_call,
    Divide: tidy_fraction,
    Group: tidy_group,
    Multiply: tidy_product,
    Negative: tidy_negative,
    Power: tidy_power,
}
