r"""Kullback and Leibler's divergence: of distributions without formula, and of two normal ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.algebra import (
    determinant,
    eye,
    inverse,
    is_scalar,
    matmul,
    shape_of,
    total,
    trace,
    transpose,
)
from pminusy.proofread.checking.chances import mean_under
from pminusy.proofread.checking.dual import Value, add, multiply, negative
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant, log
from pminusy.proofread.meaning.lines.law import Law
from pminusy.proofread.meaning.lines.laws import law_called
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Divide, Multiply, Node, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator


def is_divergence(node: Call, env: Environment) -> bool:
    """Whether a call is the divergence of two distributions: calls, products of these, or names of normal ones."""
    if "KL" not in to_latex(node.function) or len(node.arguments) != 2:
        return False
    known = [_law(argument, env) for argument in node.arguments]
    one, other = node.arguments
    factors = other.factors if isinstance(other, Multiply) else (other,)
    return None not in known or all(isinstance(each, Call) for each in (one, *factors))


def _law(node: Node, env: Environment) -> Law | None:
    r"""The normal law that `\mathcal{N}(\mu, \Sigma)` or a name for it is."""
    if isinstance(node, Symbol):
        meaning = env.model.definitions.get(env.model.families.resolve(node)[0])
        return None if meaning is None or meaning.parameters else _law(meaning.body, env)
    law = law_called(node)
    return law if law is not None and law.kind == "normal" else None


def divergence(evaluator: Evaluator, node: Call, env: Environment) -> Value:
    r"""The mean of $\log(q / p)$ under q."""
    first, second = (_law(argument, env) for argument in node.arguments)
    if first is not None and second is not None:
        return _of_normal(
            *(evaluator.value(p, env) for law in (first, second) for p in law.parameters),
        )
    one, other = node.arguments
    if not isinstance(one, Call):
        raise Undecidable("a divergence of something other than two distributions")
    ratio = Call(Symbol("log"), (Divide(one, other),), opening="(", closing=")")
    return mean_under(evaluator, ratio, one, env)


def _of_normal(mean: Value, covariance: Value, other_mean: Value, other_covariance: Value) -> Value:
    r"""$\frac{1}{2} (\log |S| / |R| - d + \mathrm{tr}(S^{-1} R) + (a - b)^T S^{-1} (a - b))$, covariances R and S."""
    rows = max(shape_of(value)[0] for value in (mean, covariance, other_mean, other_covariance))
    here, there = (_square(value, rows) for value in (covariance, other_covariance))
    away = multiply(add(mean, negative(other_mean)), np.ones((1, rows, 1)))
    if shape_of(away) != (rows, 1):
        raise Undecidable("means and covariances of different lengths")
    precision = inverse(there)
    terms = (
        log(determinant(there)),
        negative(log(determinant(here))),
        constant(-rows),
        trace(matmul(precision, here)),
        total(matmul(transpose(away), matmul(precision, away))),
    )
    result: Value = constant(0.0)
    for term in terms:
        result = add(result, term)
    return multiply(constant(0.5), result)


def _square(value: Value, rows: int) -> Value:
    """A covariance; a number stands for that multiple of the identity."""
    return multiply(value, eye(rows)) if is_scalar(value) else value
