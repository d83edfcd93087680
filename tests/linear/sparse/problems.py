"""Problems for the parts of a sparse fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from pminusy import SoftmaxRegression
from pminusy.classifier.examples import read_examples
from pminusy.linear.problem import LinearProblem, pose_problem
from pminusy.linear.sparse.data import Data


def posed(X: Any, y: Any, weights: Any = None, **options: Any) -> LinearProblem:
    model = SoftmaxRegression(**options)
    return pose_problem(model, read_examples(model, X, y, weights, None, reset=True))


def random_data(
    seed: int,
    n_classes: int = 3,
    n: int = 70,
    d: int = 9,
    *,
    sparse: bool = False,
    weighted: bool = False,
    **options: Any,
) -> Data:
    """Rows of normal numbers, half of them 0 where `sparse`; some weights are 0 where `weighted`."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) + rng.standard_normal(d)
    y = (X[:, :n_classes] * [2.0] + rng.gumbel(size=(n, n_classes))).argmax(axis=1)
    y[:n_classes] = np.arange(n_classes)
    weights = np.concatenate([np.ones(n_classes), rng.integers(0, 3, n - n_classes)]) if weighted else None
    if sparse:
        X = sp.csr_matrix(np.where(X > 0, X, 0))
    return Data(posed(X, y, weights, **options))
