"""What is solved: rows, a penalty and the strengths λ of the mean objective at which solutions are compared."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import logsumexp

from benchmarks.classifiers.problems import debian, mnist
from pminusy import softmax_path

Array = NDArray[Any]

_FEW = 100  # rows


@dataclass(frozen=True)
class Solution:
    """Coefficients (K, D) and intercepts (K,)."""

    coefficients: Any
    intercepts: Array


@dataclass(frozen=True)
class Fit:
    """A solution for each strength, and the seconds that they took: of a processor, and on the wall."""

    solutions: list[Solution]
    processor_seconds: float
    wall_seconds: float


def timed(solve: Callable[[], list[Solution]]) -> Fit:
    """What it returns, and how long it took."""
    wall, processor = time.perf_counter(), time.process_time()
    solutions = solve()
    return Fit(solutions, time.process_time() - processor, time.perf_counter() - wall)


@dataclass(frozen=True)
class SparseProblem:
    """Mean loss + λ (r ‖W‖ + ½ (1 − r) ‖W‖²) for each of the strengths λ, which fall; the norm is L1, or of groups."""

    name: str
    X: Any
    y: Array
    l1_ratio: float
    group: bool
    strengths: Array

    def objective(self, solution: Solution, strength: float) -> float:
        """In float64, rows in blocks."""
        W, total = solution.coefficients, 0.0
        W = np.asarray(W.toarray() if sp.issparse(W) else W, np.float64)
        for start in range(0, len(self.y), 4096):
            X, y = self.X[start : start + 4096], self.y[start : start + 4096]
            Z = np.asarray(X @ W.T if sp.issparse(X) else X.astype(np.float64) @ W.T) + solution.intercepts
            total += float((logsumexp(Z, axis=1) - Z[np.arange(len(y)), y]).sum())
        norm = np.sqrt((W**2).sum(axis=0)).sum() if self.group else np.abs(W).sum()
        penalty = self.l1_ratio * norm + 0.5 * (1 - self.l1_ratio) * (W**2).sum()
        return total / len(self.y) + strength * float(penalty)

    def tiny(self) -> SparseProblem:
        """One of the same kind with few rows, that takes no time."""
        X, y = self.X[:_FEW], np.unique(self.y[:_FEW], return_inverse=True)[1]
        shares = np.array([1.0, 0.5])[-len(self.strengths) :]
        return replace(self, X=X, y=y, strengths=shares * _largest(X, y, self.l1_ratio, self.group))

    @property
    def null_objective(self) -> float:
        """With all coefficients 0."""
        shares = np.bincount(self.y) / len(self.y)
        return -float(shares @ np.log(shares))


def problems(folder: Path, names: list[str]) -> list[SparseProblem]:
    """Those whose name starts with one of `names`; all of them if there are none."""
    found = []
    for data, load in _DATA.items():
        wanted = [name for name in names if name.startswith(data)]
        if wanted or not names:
            found += [
                each for each in _of(data, *load(folder)) if not names or each.name.startswith(tuple(wanted))
            ]
    return found


def _of(data: str, X: Any, y: Array) -> list[SparseProblem]:
    n, ratio, single = {
        "mnist": (100, 0.01, [0.1, 0.01]),
        "wide": (100, 0.01, [0.05]),
        "texts": (30, 0.05, [0.05]),
    }[data]
    shapes = [("L1", 1.0, False), ("elastic net", 0.5, False), ("groups", 1.0, True)]
    made = []
    for shape, l1_ratio, group in shapes[: 1 if data == "texts" else 3]:
        largest = _largest(X, y, l1_ratio, group)
        cases = [(f"{share} λmax", np.array([share])) for share in single]
        cases.append((f"path of {n}", np.logspace(0, np.log10(ratio), n)))
        made += [
            SparseProblem(f"{data}, {shape}, {what}", X, y, l1_ratio, group, shares * largest)
            for what, shares in cases
        ]
    return made


def _largest(X: Any, y: Array, l1_ratio: float, group: bool) -> float:
    return 1 / (len(y) * softmax_path(X, y, l1_ratio=l1_ratio, group=group, n_Cs=1).C_zero)


def _mnist(folder: Path) -> tuple[Array, Array]:
    data = mnist.load(folder)
    return np.ascontiguousarray(data.X[:10_000]), data.y[:10_000]


def _wide(folder: Path) -> tuple[Array, Array]:
    del folder  # made here
    rng = np.random.default_rng(0)
    X, W = rng.standard_normal((200, 5000)), np.zeros((5000, 5))
    W[:20] = rng.standard_normal((20, 5))
    return X, (X @ W + rng.gumbel(size=(200, 5))).argmax(axis=1)


def _texts(folder: Path) -> tuple[Any, Array]:
    data = debian.load(folder)
    rows = np.random.default_rng(0).permutation(data.X.shape[0])[:20_000]
    return data.X[rows], np.unique(data.y[rows], return_inverse=True)[1]


_DATA = {"mnist": _mnist, "wide": _wide, "texts": _texts}
