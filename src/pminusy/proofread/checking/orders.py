r"""Equality up to terms of some order, as in `e^x = 1 + x + O(x^2)`: the difference is compared with that order.

At two small values of the variable (or two large ones, where the order vanishes there), the difference over the order
must not grow for O, and must shrink for o.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import mpmath
import numpy as np

from pminusy.errors import ShapeError
from pminusy.proofread.checking.compare import DIGITS, INTERNAL, environment
from pminusy.proofread.checking.dual import Array, plain
from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.checking.evaluate import Evaluator
from pminusy.proofread.checking.sampling import KINDS, points
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import Meaning, main_symbols
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Symbol,
    is_literal,
)

_BIG, _SMALL = frozenset(["O", r"\mathcal{O}"]), frozenset(["o", r"\mathcal{o}"])
_NEAR = (("1e-4", "1e-6"), ("1e4", "1e6"))  # near 0, and far out
_GROWTH, _SHRINKING, _NOTHING = 4.0, 0.5, 1e-25


@dataclass(frozen=True)
class Order:
    """A term `O(size)`, or `o(size)` where it is `small`."""

    size: Node
    small: bool


def without_orders(node: Node) -> tuple[Node, tuple[Order, ...]]:
    """An expression without the terms that are only of some order, and these."""
    terms = node.terms if isinstance(node, Add) else (node,)
    orders = tuple(order for term in terms if (order := order_of(term)) is not None)
    rest = tuple(term for term in terms if order_of(term) is None)
    if not orders:
        return node, ()
    return (Add(rest, span=node.span) if len(rest) > 1 else rest[0] if rest else Number("0")), orders


def order_of(term: Node) -> Order | None:
    """The order that a term is of; None where it is another term."""
    term = term.body if isinstance(term, Negative) else term
    name, size = "", term
    if isinstance(term, Call) and len(term.arguments) == 1:
        name, size = term.function.name, term.arguments[0]
    elif isinstance(term, Multiply) and len(term.factors) == 2:
        head, group = term.factors
        if isinstance(head, Symbol) and not head.indices and isinstance(group, Group):
            name, size = head.name, group.body
    return Order(size, name in _SMALL) if name in _BIG | _SMALL else None


def equal_up_to_order(model: Model, left: Node, right: Node, layout: Layout | None = None) -> bool:
    """Whether two sides differ by their terms of some order at most, as far as two values of the variable show."""
    (left, ours), (right, theirs) = without_orders(left), without_orders(right)
    orders = (*ours, *theirs)
    variable = _variable(orders, model)
    if variable is None:
        return False
    difference = Add((left, Negative(right)))
    for places in _NEAR:
        for kind in KINDS:
            try:
                with mpmath.workdps(DIGITS):
                    values = [
                        _at(model, variable, place, kind, difference, orders, layout) for place in places
                    ]
            except (Undecidable, ShapeError, *INTERNAL):
                return False
            if any(not np.isfinite(array).all() for pair in values for array in pair):
                continue
            if _shrinks(values):
                return _is_bounded(values, all(order.small for order in orders))
            break
    return False


def _variable(orders: tuple[Order, ...], model: Model) -> Symbol | None:
    """What the orders are in: the only name in all of them, which is free."""
    names = {s for order in orders for s in main_symbols(order.size) if not is_literal(s)}
    if len(names) != 1:
        return None
    variable = names.pop()
    family, indices = model.families.resolve(variable)
    free = not indices and family not in model.definitions and family not in model.sizes
    return variable if free and not model.is_letter(variable.name) else None


def _at(
    model: Model,
    variable: Symbol,
    place: str,
    kind: str,
    difference: Node,
    orders: tuple[Order, ...],
    layout: Layout | None,
) -> tuple[Array, Array]:
    """The sizes of the difference and of the order where the variable has a value."""
    family = model.families.resolve(variable)[0]
    there = model.given({family: Meaning(family, (), (), Number(place))})
    point = next(points(there, kind, (), range(1), 1, DIGITS))
    env, _ = environment(there, (difference, *(order.size for order in orders)), point, layout)
    with np.errstate(all="ignore"):
        gap = np.abs(plain(Evaluator().value(difference, env)).astype(float))
        sizes = [np.abs(plain(Evaluator().value(order.size, env)).astype(float)) for order in orders]
    return gap, np.max(np.stack([size.max() for size in sizes]))


def _shrinks(values: list[tuple[Array, Array]]) -> bool:
    """Whether the order goes to 0 from the first place to the second."""
    return all(bool((after[1] < before[1] / 5).all()) for before, after in pairwise(values))


def _is_bounded(values: list[tuple[Array, Array]], small: bool) -> bool:
    (gap, size), (gap_after, size_after) = values
    ratio, after = gap / size, gap_after / size_after
    bound = (_SHRINKING if small else _GROWTH) * ratio.max() + _NOTHING
    return bool((after <= bound).all())
