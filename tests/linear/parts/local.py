"""Rows in memory cut into parts at given borders, as a fit to partitions sees them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from pminusy import SoftmaxRegression
from pminusy.blocks.parts import LocalParts
from pminusy.classifier.examples import read_examples
from pminusy.linear.fit import LinearSolution, fit_linear
from pminusy.linear.objective import Place
from pminusy.linear.parts.part import LinearPart
from pminusy.linear.parts.pose import first_rows, pose_parts
from pminusy.linear.parts.problem import PartedProblem
from pminusy.linear.parts.reading import all_classes, check_alike, read_partition, summarise
from pminusy.linear.problem import AnyProblem, LinearProblem, pose_problem


def in_parts(
    model: SoftmaxRegression, X: Any, y: Any, borders: Sequence[int], weights: Any = None, classes: Any = None
) -> PartedProblem:
    rows = [
        read_partition(
            *(number, X[start:stop], y[start:stop], None if weights is None else weights[start:stop]),
            may_be_mass=classes is not None,
        )
        for number, (start, stop) in enumerate(pairwise(borders))
    ]
    summaries = [summarise(part) for part in rows]
    check_alike(summaries)
    firsts = first_rows(summaries)
    parts = [LinearPart(part, Place(number, int(firsts[number]))) for number, part in enumerate(rows)]
    return pose_parts(model, LocalParts(parts), summaries, all_classes(summaries, classes))


def whole(
    model: SoftmaxRegression, X: Any, y: Any, weights: Any = None, classes: Any = None
) -> LinearProblem:
    return pose_problem(model, read_examples(SoftmaxRegression(), X, y, weights, classes, reset=True))


def solve(model: SoftmaxRegression, problem: AnyProblem) -> LinearSolution:
    random = np.random.default_rng(0)
    return fit_linear(problem, model.solver, None, tol=model.tol, max_iter=model.max_iter, random=random)


def clouds(n_rows: int, n_features: int, n_classes: int, spread: float = 2.0) -> tuple[Any, Any]:
    """Overlapping classes."""
    rng = np.random.default_rng(n_rows)
    X = rng.standard_normal((n_rows, n_features))
    logits = X @ rng.standard_normal((n_features, n_classes)) + spread * rng.gumbel(size=(n_rows, n_classes))
    return X, logits.argmax(axis=1)
