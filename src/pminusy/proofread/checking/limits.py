r"""Limits, from values at places that come near by halves, by Richardson's extrapolation (Richardson, 1911).

Of $f(h) = L + c_1 h + c_2 h^2 + \dots$ the table $T_{j,m} = T_{j,m-1} + (T_{j,m-1} - T_{j-1,m-1}) / (2^m - 1)$ of
values at $h_j = 2^{-j}$ takes away one power of h in each column. What comes near in another way does not settle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Array, Dual, Value, in_floats, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.evaluation_bars import FAR, NEAR
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Add, Call, Limit, Negative, Number, Power, Symbol, walk

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

PLACES = 13  # how many values are extrapolated from
SETTLED = 1e-10  # how near to each other three approximations have to be
_NO_WHOLE = (
    np.e / 2
)  # keeps places far out from being whole numbers, of which `(-1)^n` is 1 for the even ones
_PERIODIC = frozenset(["sin", "cos", "tan", "cot", "sec", "csc"])
_ENDLESS = Symbol(r"\infty")


def limit(evaluator: Evaluator, node: Limit, env: Environment) -> Value:
    """The limit of the body; NaN where it does not settle, or differs from one side to the other."""
    if env.point.digits:
        raise Undecidable("a limit, which is not evaluated at this precision")
    steps = 2.0 ** -np.arange(1, PLACES + 1)

    def values_at(places: list[Value]) -> Array:
        values = [evaluator.value(node.body, env.running_over(node.variable, place)) for place in places]
        if any(isinstance(value, Dual) for value in values):
            raise Undecidable("the derivative of a limit")
        return np.stack(np.broadcast_arrays(*(in_floats(plain(value)) for value in values)))

    def approached(place: Callable[[float], Value]) -> Array:
        found = extrapolated(values_at([place(step) for step in steps]))
        if np.isfinite(found).all():
            return found
        again = extrapolated(values_at([place(step**2) for step in steps]))  # in powers of the root
        return np.where(np.isfinite(found), found, again)

    if node.target in (_ENDLESS, Negative(_ENDLESS)):
        sign = 1.0 if node.target == _ENDLESS else -1.0
        near = approached(lambda step: constant(sign * _NO_WHOLE / step))
        return np.where(np.isfinite(near), near, _beyond(evaluator, node, env, FAR, sign))
    target = plain(evaluator.value(node.target, env))
    sides = [1.0] if node.side == "+" else [-1.0] if node.side == "-" else [1.0, -1.0]

    def from_side(side: float) -> Array:
        return approached(lambda step: target + side * step)

    found = [from_side(side) for side in sides]
    if any(np.isfinite(each).any() for each in found) or not _is_sum_free(node):
        return _agreed(found)
    return _beyond(evaluator, node, env, NEAR, sides[0])


def _beyond(
    evaluator: Evaluator, node: Limit, env: Environment, pairs: Sequence[tuple[float, float]], sign: float
) -> Array:
    """The value so far on that it stays the same, as of what falls like a logarithm times or over a power."""
    found: Array = np.array(np.nan)
    for pair in () if _oscillates(node) else pairs:
        near, far = (
            in_floats(plain(evaluator.value(node.body, env.running_over(node.variable, constant(sign * x)))))
            for x in pair
        )
        same = np.isclose(near, far, rtol=1e-12, atol=1e-14)
        found = np.where(np.isnan(found) & same, far, found)
    return found


def _is_sum_free(node: Limit) -> bool:
    r"""Whether a limit at 0 is of something in which no terms can cancel, as `x \ln x`."""
    sums = [n for n in walk(node.body) if isinstance(n, Add) and node.variable in walk(n)]
    return node.target == Number("0") and not sums


def _oscillates(node: Limit) -> bool:
    """Whether there is something periodic in a limit, which may look constant at some places."""
    periodic = [n for n in walk(node.body) if isinstance(n, Power | Call) and node.variable in walk(n)]
    return any(
        (isinstance(n, Power) and isinstance(bare(n.base), Negative))
        or (isinstance(n, Call) and n.function.name in _PERIODIC)
        for n in periodic
    )


def _agreed(found: list[Array]) -> Array:
    """The limit from both sides, if it is the same, or from the only one from which there is one."""
    first, last = found[0], found[-1]
    same = np.abs(first - last) <= 100 * SETTLED * np.maximum(np.abs(first), 1)
    return np.where(same | np.isnan(last), first, np.where(np.isnan(first), last, np.nan))


def extrapolated(values: Array) -> Array:
    r"""What values at $h, h/2, h/4, \dots$ along the first axis come to; NaN where they do not settle."""
    with np.errstate(all="ignore"):
        column, gaps, found = values, [], []
        for order in range(1, len(values) - 2):
            column = column[1:] + (column[1:] - column[:-1]) / (2.0**order - 1)
            apart = np.abs(np.diff(column, axis=0))
            gaps.append(np.maximum(apart[1:], apart[:-1]))
            found.append(column[2:])
        gap, value = np.concatenate(gaps), np.concatenate(found)
        gap = np.where(np.isfinite(gap), gap, np.inf)
        place = gap.argmin(0)[np.newaxis]
        chosen = np.take_along_axis(value, place, 0)[0]
        settled = np.take_along_axis(gap, place, 0)[0] <= SETTLED * np.maximum(np.abs(chosen), 1)
    return np.where(settled, chosen, np.nan)
