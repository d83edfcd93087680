r"""Random vectors of which mean and covariance are known: $m + L z$ with $L L^T = S$.

z has the values $\pm\sqrt{d}\, e_i$, each with probability $1 / 2d$, so that its mean is 0 and its covariance the
identity: what is at most quadratic in the vector has the right mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.algebra import is_scalar, matmul, shape_of
from pminusy.proofread.checking.dual import Array, Value, add, multiply, plain
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.meaning.lines.law import Law
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import IDENTITY
from pminusy.proofread.syntax.tree import Node, Number, Symbol, transform

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator


def values_of_vector(rows: int) -> int:
    """How many values stand for those of a vector with so many entries."""
    return 2 * rows


def realised_vector(law: Law, digit: Array, rows: int, env: Environment, evaluator: Evaluator) -> Value:
    """The vector, where each digit is the number of its value."""
    entry = np.arange(rows)[:, np.newaxis]
    sign = np.where(digit % 2 == 0, 1.0, -1.0)
    standard = np.where(digit // 2 == entry, np.sqrt(rows) * sign, 0.0)
    mean = evaluator.value(law.parameters[0], env) if law.parameters else constant(0.0)
    if not is_scalar(mean) and shape_of(mean) != (rows, 1):
        raise Undecidable("a mean of another shape than the vector")
    moved = matmul(_root(law, rows, env, evaluator), standard)
    return add(multiply(mean, np.ones((1, rows, 1))), moved)


def _root(law: Law, rows: int, env: Environment, evaluator: Evaluator) -> Array:
    """A matrix whose product with its transpose is the covariance; NaN where that is not positive definite."""
    if len(law.parameters) < 2:
        rng = np.random.default_rng([env.point.seed, rows])
        return rng.uniform(-1, 1, (1, rows, rows)) + np.eye(rows)
    covariance = evaluator.value(_without_identity(law.parameters[1]), env)
    if env.seeds and not isinstance(covariance, np.ndarray):
        raise Undecidable("the derivative of a mean by a covariance")
    found = plain(covariance).astype(float)
    if is_scalar(covariance):
        found = found * np.eye(rows)
    if found.shape[-2:] != (rows, rows):
        raise Undecidable("a covariance of another shape than the vector")
    try:
        return np.linalg.cholesky(found)
    except np.linalg.LinAlgError:
        return np.full_like(found, np.nan)


def _without_identity(node: Node) -> Node:
    r"""A covariance such as `\sigma^2 I` as a number, which stands for that multiple of the identity."""
    return transform(node, lambda n: Number("1") if isinstance(n, Symbol) and _is_identity(n) else n)


def _is_identity(symbol: Symbol) -> bool:
    return symbol.name == IDENTITY or symbol.name.startswith("I_{")
