r"""Sums, products, maxima and minima over indices: a new axis each, masked by limits and conditions, then reduced."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.acceleration import accelerated
from pminusy.proofread.checking.algebra import is_scalar, shape_of, total
from pminusy.proofread.checking.axes import at_place, axis, has_axis, summed
from pminusy.proofread.checking.dual import Array, Dual, Value, in_floats, linear, multiply, plain, where
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.model.undecidable import NoTerms, Undecidable
from pminusy.proofread.meaning.names.letters import open_letters
from pminusy.proofread.syntax.tree import INTERVALS, Binding, Fold, Matrix, Node, Relation, Symbol, is_literal

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

MOST_TERMS = 400
FEW = 40  # terms of a series that may well end, as that of a binomial does
ENDLESS = 400  # terms of a series; enough where they shrink by a tenth each
NEUTRAL = {"sum": 0.0, "prod": 1.0, "max": -np.inf, "min": np.inf, "column": 0.0, "row": 0.0}


def fold(evaluator: Evaluator, node: Fold, env: Environment) -> Value:
    """The fold of the body over all values of its indices that the limits and the condition allow."""
    bindings = node.bindings or _left_open(node, env)
    if not bindings:
        return _over_entries(evaluator, node, env)
    inner, masks, counts = env, list[Array](), list[int]()
    for binding in bindings:
        values, depends = _range(evaluator, binding, node, inner)
        inner = inner.with_letter(binding.index.name, axis(values, inner.level))
        counts.append(len(values))
        if depends:
            masks.append(_limits(evaluator, binding, inner))
    if node.condition is not None:
        masks.append(evaluator.condition(node.condition, inner))
    value = evaluator.value(node.body, inner)
    if any(binding.high == Symbol(r"\infty") for binding in bindings):
        last = env.level + len(counts) - 1
        value = (
            _endless(value, last) if node.kind == "sum" and len(counts) == 1 else if_vanishing(value, last)
        )
    for each in masks:
        value = where(each, value, constant(NEUTRAL[node.kind]))
    for position in reversed(range(len(counts))):
        value = _REDUCTIONS[node.kind](value, env.level + position, counts[position])
    return value


def _left_open(node: Fold, env: Environment) -> tuple[Binding, ...]:
    """For a bare fold: the letters of the body that nothing around binds, or else the only one there is."""
    letters = open_letters(node, env.model.families)
    chosen = letters - set(env.letters) or (letters if len(letters) == 1 else frozenset())
    if letters and not chosen:
        raise Undecidable("a sum without a summation index")
    return tuple(Binding(Symbol(name)) for name in sorted(chosen))


def _over_entries(evaluator: Evaluator, node: Fold, env: Environment) -> Value:
    value = evaluator.value(node.body, env)
    if node.kind != "sum" or is_scalar(value):
        raise Undecidable("a sum without a summation index")
    return total(value)


def _range(evaluator: Evaluator, binding: Binding, node: Fold, env: Environment) -> tuple[Array, bool]:
    """The values of an index, and whether its limits depend on other indices."""
    if binding.high == Symbol(r"\infty"):
        start = 1 if binding.low is None else int(_limit(evaluator, binding.low, env).ravel()[0])
        return np.arange(start, start + ENDLESS), False
    low = None if binding.low is None else _limit(evaluator, binding.low, env)
    high = None if binding.high is None else _limit(evaluator, binding.high, env)
    if any(limit is not None and limit.size > 1 for limit in (low, high)):
        return env.model.ranges.letter_range(binding, node, env.point), True
    if high is None and (elements := _elements(evaluator, binding, node.condition, env)) is not None:
        return elements, False
    if high is None:
        values = env.model.ranges.letter_range(binding, node, env.point)
        return (values if low is None else values[values >= int(low.ravel()[0])]), False
    first = 1 if low is None else int(low.ravel()[0])
    last = int(high.ravel()[0])
    if last - first >= MOST_TERMS:
        raise Undecidable(f"a sum of {last - first + 1} terms")
    if last < first:
        raise NoTerms("a sum without terms")
    return np.arange(first, last + 1), False


def _elements(
    evaluator: Evaluator, binding: Binding, condition: Node | None, env: Environment
) -> Array | None:
    r"""The elements of the set that an index is said to be in, `x \in \{0, 1\}`; None where they are no integers."""
    if not isinstance(condition, Relation) or condition.operator != r"\in" or condition.left != binding.index:
        return None
    if not isinstance(condition.right, Matrix):
        return None
    if condition.right.fence in INTERVALS:
        raise Undecidable("a fold over an interval")
    elements = [evaluator.number(entry, env) for entry in condition.right.rows[0] if is_literal(entry)]
    values = [plain(each).astype(float).ravel()[0] for each in elements]
    if len(values) < len(condition.right.rows[0]) or any(value != round(value) for value in values):
        return None
    return np.unique(np.array(values).astype(int))


def _endless(value: Value, level: int) -> Value:
    """The terms of a series without end, of one that converges slowly the first put for all that follow."""
    terms = if_vanishing(value, level)
    if isinstance(value, Dual) or np.isfinite(in_floats(plain(terms))).all():
        return terms
    whole = accelerated(in_floats(plain(value)))
    share = np.zeros((len(plain(value)), *(1,) * whole.ndim))
    share[0] = 1
    return np.where(np.isfinite(in_floats(plain(terms))), plain(terms), share * whole)


def if_vanishing(value: Value, level: int) -> Value:
    """The terms of a series without end, or NaN where the last that can be computed still counts.

    Those behind it, as `x^n / n!` for large n, are ∞/∞.
    """
    terms = np.abs(in_floats(plain(value)))
    if terms.ndim < level + 4:
        raise Undecidable("a series whose terms do not depend on its index")
    computed = np.logical_and.accumulate(np.isfinite(terms), 0) & ~_cut_off(terms)
    last = np.maximum(computed.sum(0) - 1, 0)
    size = np.where(computed, terms, 0)
    vanishing = np.take_along_axis(size, last[np.newaxis], 0)[0] < 1e-17 * (size.max(0) + 1e-300)
    return multiply(np.where(vanishing & computed[0], 1.0, np.nan), where(computed, value, constant(0)))


def _cut_off(terms: Array) -> Array:
    """Where terms are 0, or none, up to the end though the last one before them still counts: n over ∞ is no 0."""
    tail = np.logical_and.accumulate((terms[::-1] == 0) | ~np.isfinite(terms[::-1]), 0)[::-1]
    last = np.maximum((~tail).sum(0) - 1, 0)
    size = np.take_along_axis(np.where(np.isfinite(terms), terms, 0), last[np.newaxis], 0)[0]
    return tail & (last > FEW) & (size > 1e-17 * (np.where(tail, 0, size).max() + 1e-300))


def _limit(evaluator: Evaluator, node: Node, env: Environment) -> Array:
    return evaluator.index(node, env)


def _limits(evaluator: Evaluator, binding: Binding, env: Environment) -> Array:
    """Where an index is between limits that depend on other indices."""
    index = env.letters[binding.index.name]
    mask = np.ones((1, 1, 1), bool)
    if binding.low is not None:
        mask = mask & (index >= evaluator.index(binding.low, env))
    if binding.high is not None:
        mask = mask & (index <= evaluator.index(binding.high, env))
    return mask


def _product(value: Value, level: int, n: int) -> Value:
    result = _slice(value, level, 0)
    for k in range(1, n):
        result = multiply(result, _slice(value, level, k))
    return result


def _slice(value: Value, level: int, k: int) -> Value:
    return linear(lambda x: at_place(x, level, k), value)


def _extreme(value: Value, level: int, n: int, sign: float) -> Value:
    array = sign * plain(value).astype(float)
    if not has_axis(array, level):
        return value
    place = array.argmax(0)
    chosen = np.arange(n).reshape((n,) + (1,) * place.ndim) == place
    return summed(where(chosen, value, constant(0)), level, n)


def _stacked(value: Value, level: int, n: int, place: int) -> Value:
    """A vector, as rows or columns, of what varies along an axis."""
    if shape_of(value)[place] != 1:
        raise Undecidable("a vector of vectors")
    parts = [_slice(value, level, k) for k in range(n)]
    result = linear(lambda x: np.repeat(x, n, place), parts[0])
    for k in range(1, n):
        shape = (n, 1) if place == -2 else (1, n)
        result = where((np.arange(n) == k).reshape(shape), parts[k], result)
    return result


_REDUCTIONS: dict[str, Callable[[Value, int, int], Value]] = {
    "sum": summed,
    "prod": _product,
    "max": lambda value, level, n: _extreme(value, level, n, 1.0),
    "column": lambda value, level, n: _stacked(value, level, n, -2),
    "row": lambda value, level, n: _stacked(value, level, n, -1),
    "min": lambda value, level, n: _extreme(value, level, n, -1.0),
}
