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
SPARSE_FORMS = ("csr", "csr_array", "csc", "coo", "halves")


@dataclass(frozen=True)
class Problem:
    """Rows, labels (N,) or mass (N, K), and options; `options` are those of `SoftmaxRegression`.

    `begins_at` is the C of a fit that this one goes on from, or None.
    """

    seed: int
    X: Any
    targets: Array
    sample_weight: Array | None
    n_classes: int
    options: dict[str, Any]
    begins_at: float | None

    def dense(self) -> Array:
        """X as a dense float64 array, of the same values."""
        return np.asarray(self.X.toarray() if sp.issparse(self.X) else self.X, np.float64)

    def mass(self) -> Array:
        """The targets as mass (N, K), before weights and smoothing."""
        return np.eye(self.n_classes)[self.targets] if self.targets.ndim == 1 else self.targets

    def fit_arguments(self) -> dict[str, Any]:
        """What `fit` is called with."""
        classes = np.arange(self.n_classes)
        return {"X": self.X, "y": self.targets, "sample_weight": self.sample_weight, "classes": classes}

    def describe(self) -> str:
        """One line."""
        shape = "x".join(map(str, (*self.X.shape, self.n_classes)))
        kind = self.X.format if sp.issparse(self.X) else "C" if self.X.flags.c_contiguous else "F"
        targets = "labels" if self.targets.ndim == 1 else "mass"
        return f"seed {self.seed}: {shape} {kind} {self.X.dtype}, {targets}, {self.options}"


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
    stored, options = _stored(X, rng), _options(n_classes, rng)
    more = np.random.default_rng([seed, 1])
    if more.random() < 0.15:
        stored = _with_a_rare_column(stored, labels, more)
    if more.random() < 0.1:  # a class without weight
        weights = np.where(labels == labels[-1], 0.0, 1.0 if weights is None else weights)
        weights = weights if len(np.unique(labels[weights > 0])) > 1 else None
    if more.random() < 0.1 and options["class_weight"]:
        options["class_weight"][n_classes - 1] = 0.0
    stored = _in_another_form(stored, more)
    begins_at = float(10.0 ** more.uniform(-3, 3)) if more.random() < 0.15 else None
    targets = _targets(labels, n_classes, more)
    return Problem(seed, stored, targets, weights, n_classes, options, begins_at)


def _targets(labels: Array, n_classes: int, rng: np.random.Generator) -> Array:
    """The labels, or mass: one-hot rows, counts, or mass on some classes or all."""
    kind, mass = rng.integers(8), np.eye(n_classes)[labels]
    shape = mass.shape
    if kind == 0:
        return mass.astype(rng.choice([np.float32, np.float64]))
    if kind == 1:
        return mass * rng.integers(1, 5, (len(labels), 1)) + rng.integers(0, 3, shape) * (
            rng.random(shape) < 0.2
        )
    if kind == 2:
        return 0.7 * mass + 0.3 * rng.dirichlet(np.ones(n_classes), len(labels))
    if kind == 3:
        return 0.6 * mass + 0.4 * np.eye(n_classes)[rng.integers(0, n_classes, len(labels))]
    return labels


def _with_a_rare_column(X: Any, labels: Array, rng: np.random.Generator) -> Any:
    """A column that is not 0 in a few rows of one class only, which separates these."""
    rows = np.flatnonzero(labels == rng.choice(labels))
    column = np.zeros((X.shape[0], 1), X.dtype)
    column[rows[: 1 + len(rows) // 10]] = rng.choice([1.0, -3.0, 1e4])
    if sp.issparse(X):
        return sp.hstack([X, sp.csr_matrix(column)], format="csr")
    return np.asarray(np.concatenate([X, column], axis=1), order="C" if X.flags.c_contiguous else "F")


def _in_another_form(X: Any, rng: np.random.Generator) -> Any:
    """The same matrix in another sparse format or memory layout; "halves" has each entry twice, by halves."""
    if not sp.issparse(X):
        return np.repeat(X, 2, axis=0)[::2] if rng.random() < 0.1 else X
    form = rng.choice(SPARSE_FORMS)
    if form == "halves":
        parts = (
            np.repeat(X.data / 2, 2),
            np.repeat(X.indices, 2).astype(np.int64),
            2 * X.indptr.astype(np.int64),
        )
        return sp.csr_matrix(parts, shape=X.shape)
    return sp.csr_array(X) if form == "csr_array" else X.asformat(str(form))


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
