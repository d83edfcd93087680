"""What a SoftmaxRegression is to fit, wherever its rows are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.blocks.dask.collections import is_dask
from pminusy.blocks.outside import OutsideMatrix
from pminusy.classifier.examples import read_examples
from pminusy.classifier.seen_columns import SeenColumns
from pminusy.errors import InputError
from pminusy.linear.problem import AnyProblem, pose_problem

Array = NDArray[Any]


@contextmanager
def posed(
    model: Any, seen: Any, X: Any, y: Any, sample_weight: Any, classes: ArrayLike | None
) -> Iterator[tuple[AnyProblem, Array]]:
    """The problem, and its classes; it is good inside only.

    `seen` takes what is learned of X's columns.

    Raises
    ------
    InputError
        As `read_examples` and `pose_problem`.
    """
    sparse_penalty = (model.l1_ratio or model.penalty_factors is not None) and np.isfinite(model.C)
    if sparse_penalty and (is_dask(X) or isinstance(X, OutsideMatrix)):
        kind = "rows in files" if isinstance(X, OutsideMatrix) else "a Dask collection"
        raise InputError(
            f"X: expected an array with l1_ratio > 0 or penalty_factors, got {kind}; their working sets "
            "need columns of X in memory. Use a penalty of ½‖W‖² (l1_ratio=0)"
        )
    if not is_dask(X):
        examples = read_examples(seen, X, y, sample_weight, classes, reset=True)
        yield pose_problem(model, examples), examples.targets.classes
        return
    from pminusy.linear.parts.on_dask import posed_on_dask

    with posed_on_dask(model, X, y, sample_weight, classes) as (problem, found, names):
        columns = None if names is None else np.array(names, object)
        SeenColumns(problem.X.shape[1], columns).give_to(seen)
        yield problem, found
