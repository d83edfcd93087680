"""Single fits by SoftmaxRegression, paths by softmax_path."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.sparse.problems import Fit, Solution, SparseProblem, timed
from pminusy import SoftmaxRegression, softmax_path


def is_installed() -> bool:
    """It is what is measured."""
    return True


def fit(problem: SparseProblem, n_threads: int, tol: float = 1e-4) -> Fit:
    """At the default tolerance: a gap of 1e-4 of the null objective, certified.

    What is compiled for arrays of this kind is compiled before.
    """
    shape = {"l1_ratio": problem.l1_ratio, "group": problem.group, "n_threads": n_threads, "tol": tol}
    _solve(problem.tiny(), shape)
    return timed(lambda: _solve(problem, shape))


def _solve(problem: SparseProblem, shape: dict[str, Any]) -> list[Solution]:
    Cs = 1 / (len(problem.y) * problem.strengths)
    if len(Cs) == 1:
        model = SoftmaxRegression(C=Cs[0], **shape).fit(problem.X, problem.y)
        return [Solution(model.coef_, model.intercept_)]
    path = softmax_path(problem.X, problem.y, Cs=np.maximum.accumulate(Cs), **shape)
    return [Solution(W, b) for W, b in zip(path.coefs, path.intercepts, strict=True)]
