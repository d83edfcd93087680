"""Random classification problems of the kinds that break solvers, one for each seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Array = NDArray[Any]

SOLVERS = ("auto", "newton", "newton-cg", "lbfgs")
LAYOUTS = ("C", "F", "csr")


@dataclass(frozen=True)
class Problem:
    """Rows, labels and options; `options` are those of `SoftmaxRegression`."""

    seed: int
    X: Any
    labels: Array
    sample_weight: Array | None
    n_classes: int
    options: dict[str, Any]

    def dense(self) -> Array:
        """X as a dense float64 array, of the same values."""
        return np.asarray(self.X.toarray() if sp.issparse(self.X) else self.X, np.float64)

    def fit_arguments(self) -> dict[str, Any]:
        """What `fit` is called with."""
        classes = np.arange(self.n_classes)
        return {"X": self.X, "y": self.labels, "sample_weight": self.sample_weight, "classes": classes}

    def describe(self) -> str:
        """One line."""
        shape = "x".join(map(str, (*self.X.shape, self.n_classes)))
        kind = "csr" if sp.issparse(self.X) else "F" if not self.X.flags.c_contiguous else "C"
        return f"seed {self.seed}: {shape} {kind} {self.X.dtype}, {self.options}"


def make_problem(seed: int) -> Problem:
    """The problem of this seed."""
    rng = np.random.default_rng(seed)
    n_classes = int(rng.integers(2, 6))
    wide = rng.random() < 0.2
    n_rows = int(rng.integers(5, 40) if wide else rng.integers(8, 300))
    n_features = int(rng.integers(2 * n_rows + 1, 4 * n_rows) if wide else rng.integers(1, 20))
    X = rng.standard_normal((n_rows, n_features))
    W = rng.standard_normal((n_features, n_classes)) / np.sqrt(n_features) * rng.choice([0.0, 1.0, 4.0])
    labels = (X @ W + rng.gumbel(size=(n_rows, n_classes))).argmax(axis=1)
    if rng.random() < 0.15:  # separable
        labels = (X @ rng.standard_normal((n_features, n_classes))).argmax(axis=1)
    if rng.random() < 0.3:  # rare classes, or absent ones
        rare = labels >= n_classes - 1
        labels[rare] = np.where(rng.random(rare.sum()) < 0.9, 0, labels[rare])
    labels[:2] = (0, 1)
    X = _with_awkward_columns(X, rng)
    weights = _weights(n_rows, rng)
    if weights is not None and rng.random() < 0.5:
        X[weights == 0] *= rng.choice([1.0, 1e6, 1e12])
    return Problem(seed, _stored(X, rng), labels, weights, n_classes, _options(n_classes, rng))


def _with_awkward_columns(X: Array, rng: np.random.Generator) -> Array:
    n_features = X.shape[1]
    if rng.random() < 0.3:
        X = X * 10.0 ** rng.uniform(-8, 8, n_features)
    elif rng.random() < 0.3:
        X = X * 10.0 ** rng.uniform(-2, 2, n_features)
    if rng.random() < 0.2:
        X = X + 10.0 ** rng.uniform(0, 6) * (rng.random(n_features) < 0.5)
    if rng.random() < 0.2:
        X[:, rng.integers(n_features)] = rng.choice([0.0, 1.0, -3.7])  # constant
    if rng.random() < 0.2:
        X[:, rng.integers(n_features)] = X[:, rng.integers(n_features)]  # duplicate
    if rng.random() < 0.2 and n_features > 2:
        X[:, 0] = X[:, 1] - 2 * X[:, 2]  # collinear
    if rng.random() < 0.2:
        X = np.where(rng.random(X.shape) < 0.7, 0.0, X)
    if rng.random() < 0.15:
        X[1] = X[0]  # with another label
    return X


def _weights(n_rows: int, rng: np.random.Generator) -> Array | None:
    kind = rng.integers(4)
    if kind == 0:
        weights = rng.uniform(0.1, 3.0, n_rows)
    elif kind == 1:
        weights = (rng.random(n_rows) < 0.7).astype(float)
    elif kind == 2:
        weights = 10.0 ** rng.uniform(-6, 3, n_rows)
    else:
        return None
    weights[:2] = 1.0
    return weights


def _stored(X: Array, rng: np.random.Generator) -> Any:
    X = X.astype(rng.choice([np.float32, np.float64]))
    layout = rng.choice(LAYOUTS)
    return sp.csr_matrix(X) if layout == "csr" else np.asarray(X, order=str(layout))


def _options(n_classes: int, rng: np.random.Generator) -> dict[str, Any]:
    C = np.inf if rng.random() < 0.2 else 10.0 ** rng.uniform(-6, 6)
    class_weight = None
    if rng.random() < 0.2:
        class_weight = {k: float(10.0 ** rng.uniform(-1, 1)) for k in range(n_classes)}
    return {
        "C": float(C),
        "fit_intercept": bool(rng.random() < 0.8),
        "solver": str(rng.choice(SOLVERS)),
        "tol": float(rng.choice([1e-2, 1e-4, 1e-4, 1e-8])),
        "max_iter": int(rng.choice([3, 100, 100, 500])),
        "class_weight": class_weight,
        "label_smoothing": float(rng.choice([0.0, 0.0, 0.0, 0.1])),
    }
