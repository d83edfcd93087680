r"""Limits, from values at places that come near by halves, by Richardson's extrapolation (Richardson, 1911).

Of $f(h) = L + c_1 h + c_2 h^2 + \dots$ the table $T_{j,m} = T_{j,m-1} + (T_{j,m-1} - T_{j-1,m-1}) / (2^m - 1)$ of
values at $h_j = 2^{-j}$ takes away one power of h in each column. What comes near in another way does not settle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Array, Dual, Value, in_floats, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.evaluation_bars import FAR
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import Limit, Negative, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

PLACES = 13  # how many values are extrapolated from
SETTLED = 1e-10  # how near to each other three approximations have to be
_ENDLESS = Symbol(r"\infty")


def limit(evaluator: Evaluator, node: Limit, env: Environment) -> Value:
    """The limit of the body; NaN where it does not settle, or differs from one side to the other."""
    if env.point.digits:
        raise Undecidable("a limit, which is not evaluated at this precision")
    steps = 2.0 ** -np.arange(1, PLACES + 1)

    def approached(places: list[Value]) -> Array:
        values = [evaluator.value(node.body, env.running_over(node.variable, place)) for place in places]
        if any(isinstance(value, Dual) for value in values):
            raise Undecidable("the derivative of a limit")
        return extrapolated(np.stack(np.broadcast_arrays(*(in_floats(plain(value)) for value in values))))

    if node.target in (_ENDLESS, Negative(_ENDLESS)):
        sign = 1.0 if node.target == _ENDLESS else -1.0
        near = approached([constant(sign / step) for step in steps])
        return np.where(np.isfinite(near), near, _far_out(evaluator, node, env, sign))
    target = plain(evaluator.value(node.target, env))
    sides = [1.0] if node.side == "+" else [-1.0] if node.side == "-" else [1.0, -1.0]
    found = [approached([target + side * step for step in steps]) for side in sides]
    return _agreed(found)


def _far_out(evaluator: Evaluator, node: Limit, env: Environment, sign: float) -> Array:
    """The value so far out that it is the same farther out, as of what falls like a logarithm over a power."""
    found: Array = np.array(np.nan)
    for pair in FAR:
        near, far = (
            in_floats(plain(evaluator.value(node.body, env.running_over(node.variable, constant(sign * x)))))
            for x in pair
        )
        same = np.isclose(near, far, rtol=1e-12, atol=1e-14)
        found = np.where(np.isnan(found) & same, far, found)
    return found


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
