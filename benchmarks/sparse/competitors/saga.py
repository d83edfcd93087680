"""scikit-learn's saga: the only solver there for an L1 penalty and several classes."""

from __future__ import annotations

import warnings

from sklearn.linear_model import LogisticRegression

from benchmarks.sparse.problems import Solution, SparseProblem


def fit(problem: SparseProblem, n_threads: int) -> list[Solution] | None:
    """At its defaults, with one C; it has no groups, and no path."""
    if problem.group or len(problem.strengths) > 1:
        return None
    C = 1 / (len(problem.y) * problem.strengths[0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(C=C, penalty="elasticnet", l1_ratio=problem.l1_ratio, solver="saga")
        model.fit(problem.X, problem.y)
    return [Solution(model.coef_, model.intercept_)]
