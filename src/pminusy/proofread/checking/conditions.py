"""Where a condition holds: comparisons of indices, of numbers, and membership in a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Array, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.tables import entries
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import INTERVALS, Conjunction, Matrix, Negative, Node, Relation, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

_ENDLESS = Symbol(r"\infty")
ORDERS = {"<": np.less, ">": np.greater, r"\le": np.less_equal, r"\ge": np.greater_equal}
_COMPARISONS = {"=": np.equal, r"\ne": np.not_equal, **ORDERS}


def holds(node: Node, env: Environment, evaluator: Evaluator) -> Array:
    """An array of truth values over the index axes."""
    if isinstance(node, Conjunction):
        result = np.ones((1, 1, 1), bool)
        for part in node.parts:
            result = result & holds(part, env, evaluator)
        return result
    if not isinstance(node, Relation):
        raise Undecidable("a condition that is not a comparison")
    if node.operator in (r"\in", r"\notin"):
        return _member(node, env, evaluator)
    if node.operator not in _COMPARISONS:
        raise Undecidable(f"a condition with {node.operator}")
    if isinstance(node.left, Matrix) and isinstance(node.right, Matrix):
        return _of_lists(node, node.left, node.right, env, evaluator)
    left, right = _side(node.left, env, evaluator), _side(node.right, env, evaluator)
    return np.asarray(_COMPARISONS[node.operator](left, right)).astype(bool)


def _side(node: Node, env: Environment, evaluator: Evaluator) -> Array:
    """An index as an integer, anything else as a number."""
    if (
        isinstance(node, Symbol)
        and not node.indices
        and node not in env.arguments
        and env.model.is_letter(node.name)
    ):
        return evaluator.index(node, env)
    return plain(evaluator.number(node, env))


def _of_lists(node: Relation, left: Matrix, right: Matrix, env: Environment, evaluator: Evaluator) -> Array:
    r"""`(x, y) = (0, 0)` and `\ne`: all entries are equal, or not all."""
    pairs = [pair for rows in zip(left.rows, right.rows, strict=False) for pair in zip(*rows, strict=False)]
    if len(left.rows) != len(right.rows) or node.operator not in ("=", r"\ne"):
        raise Undecidable("a condition that is not a comparison")
    equal = np.ones((1, 1, 1), bool)
    for one, other in pairs:
        equal = equal & holds(Relation("=", one, other), env, evaluator)
    return equal if node.operator == "=" else ~equal


def _in_interval(node: Relation, interval: Matrix, env: Environment, evaluator: Evaluator) -> Array:
    """Whether a number is in an interval; its ends may be infinite."""
    low, high = interval.rows[0]
    bounds = []
    if low != Negative(_ENDLESS):
        bounds.append(Relation(r"\ge" if interval.fence[0] == "[" else ">", node.left, low))
    if high != _ENDLESS:
        bounds.append(Relation(r"\le" if interval.fence[1] == "]" else "<", node.left, high))
    return holds(Conjunction(tuple(bounds)), env, evaluator)


def _member(node: Relation, env: Environment, evaluator: Evaluator) -> Array:
    """Membership in a set that is written out, or in one that is only named: then a random one."""
    if isinstance(node.right, Matrix) and node.right.fence in INTERVALS:
        inside = _in_interval(node, node.right, env, evaluator)
        return ~inside if node.operator == r"\notin" else inside
    left = evaluator.index(node.left, env)
    if isinstance(node.right, Matrix):
        inside = np.zeros((1, 1, 1), bool)
        for element in node.right.rows[0]:
            inside = inside | (left == evaluator.index(element, env))
    elif isinstance(node.left, Symbol) and any(
        node.left.name in each.variables for each in env.model.distributions.values()
    ):
        inside = np.ones((1, 1, 1), bool)  # the set of all its values
    elif isinstance(node.right, Symbol):
        family, nodes = env.model.families.resolve(node.right)
        indices = tuple(evaluator.index(index, env) for index in nodes)
        inside = np.abs(entries(f"∈{family}", (*indices, left), env)) > 0.4  # some in, some out
    else:
        raise Undecidable("a set that is neither named nor written out")
    return ~inside if node.operator == r"\notin" else inside
