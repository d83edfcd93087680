"""scikit-learn's saga: the only solver there for an L1 penalty and several classes."""

from __future__ import annotations

import warnings

from sklearn.linear_model import LogisticRegression

from benchmarks.sparse.problems import Fit, Solution, SparseProblem, timed


def is_installed() -> bool:
    """scikit-learn always is."""
    return True


def fit(problem: SparseProblem, n_threads: int) -> Fit | None:
    """At its defaults, with one C, as it has no groups and no path."""
    del n_threads  # it has one
    if problem.group or len(problem.strengths) > 1:
        return None
    model = LogisticRegression(
        C=1 / (len(problem.y) * problem.strengths[0]), l1_ratio=problem.l1_ratio, solver="saga",
    )  # fmt: skip

    def solve() -> list[Solution]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(problem.X, problem.y)
        return [Solution(model.coef_, model.intercept_)]

    return timed(solve)
