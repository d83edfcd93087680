"""Whether the loss has a minimum at all: without a penalty it has none where rows can be separated.

A direction (V, c) of the parameters changes the logits of row x by u = V x + c. It separates if in no counted row the
classes with mass fall behind another class, each with u_k = max_j u_j, and in some row another class falls behind them.
The loss of a row then has the slope Σ_k y_k (max_j u_j − u_k) = 0 far out, and decreases along the direction for ever.

With labels this says that no margin of a label over another class falls, and some rise. Targets with mass on every
class are never separated. See A. Albert and J. A. Anderson, On the existence of maximum likelihood estimates in
logistic regression models, Biometrika 71 (1984) 1-10.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.evaluation import AnyEvaluation
from pminusy.linear.problem import AnyProblem

Array = NDArray[Any]
Direction = tuple[Array, Array]

VISIBLE = 1e-11  # a margin, beside the terms that it was summed of
_ROUNDING = 1e-12


def may_separate(problem: AnyProblem) -> bool:
    """Whether a loss without a minimum is possible: no penalty, and a row with classes that have no mass."""
    return not problem.penalty and problem.rules_out()


def separates(at: AnyEvaluation, V: Array, c: Array) -> bool:
    """Whether a direction separates, by its margins in float64."""
    smallest, largest = at.margin_range(V, c)
    return largest > VISIBLE and smallest >= -VISIBLE


def unit(V: Array, c: Array) -> Direction | None:
    """The direction with length 1; None where it has none, or one that is not finite."""
    length = np.sqrt(float(np.vdot(V, V)) + float(np.vdot(c, c)))
    return (V / length, c / length) if length and np.isfinite(length) else None


def from_one_scale(problem: AnyProblem, parameters: Array, centre: Array, scale: Array) -> Direction | None:
    """A direction of length 1 from parameters (F, D + 1) for columns that were centred and scaled, intercepts last.

    What is lost in rounding beside the largest parameter, or in the difference that an intercept is, becomes 0: rows
    that nothing else concerns would be seen to change by it.
    """
    V, c = between_classes(problem, parameters[:, :-1], parameters[:, -1])
    least = _ROUNDING * np.abs(parameters).max(initial=0.0)
    V = np.where(np.abs(V) < least, 0.0, V) / scale
    terms = np.abs(c) + np.abs(V) @ np.abs(centre)
    c = np.where(np.abs(c) < least, 0.0, c) - V @ centre
    return unit(V, np.where(np.abs(c) <= _ROUNDING * terms, 0.0, c))


def between_classes(problem: AnyProblem, V: Array, c: Array) -> Direction:
    """The direction without what all classes share, which changes no probability."""
    if problem.n_free < problem.n_classes:
        return V, c
    return V - V.mean(axis=0), c - c.mean()
