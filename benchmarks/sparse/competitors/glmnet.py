"""R's glmnet, in a process of its own: paths, L1, elastic net and groups. Only its own seconds count."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import scipy.sparse as sp

from benchmarks.sparse.problems import Fit, Solution, SparseProblem

_SCRIPT = Path(__file__).with_suffix(".R")


def is_installed() -> bool:
    """Whether R and its package are there."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", "quit(status = !requireNamespace('glmnet', quietly = TRUE))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def fit(problem: SparseProblem, n_threads: int) -> Fit | None:
    """At its defaults but for as many sweeps as it needs; its authors advise against single strengths."""
    del n_threads  # it has one
    if len(problem.strengths) == 1:
        return None
    n_classes = int(problem.y.max()) + 1
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write(problem, n_classes, folder)
        subprocess.run(["Rscript", str(_SCRIPT), str(folder)], check=True)
        intercepts = np.loadtxt(folder / "intercepts", ndmin=2)
        classes, features, places, values = np.loadtxt(folder / "coefficients", ndmin=2).T
        processor, wall = map(float, (folder / "seconds").read_text().split())
    shape, solutions = (n_classes, problem.X.shape[1]), []
    for place in range(intercepts.shape[1]):
        own = places == place + 1
        entries = (values[own], (classes[own].astype(int), features[own].astype(int) - 1))
        solutions.append(Solution(sp.csr_matrix(entries, shape=shape), intercepts[:, place]))
    return Fit(solutions, processor, wall)


def _write(problem: SparseProblem, n_classes: int, folder: Path) -> None:
    X = problem.X.tocsc() if sp.issparse(problem.X) else problem.X
    shape = [*X.shape, n_classes, X.nnz if sp.issparse(X) else -1, problem.group]
    arrays = {"strengths": problem.strengths, "ratio": np.float64(problem.l1_ratio)}
    arrays |= {"shape": np.array(shape, np.int32), "labels": problem.y.astype(np.int32)}
    if sp.issparse(X):
        arrays |= {"indices": X.indices.astype(np.int32), "indptr": X.indptr.astype(np.int32)}
        arrays["data"] = X.data.astype(np.float64)
    else:
        arrays["data"] = X.T.astype(np.float64)
    for name, array in arrays.items():
        np.ascontiguousarray(array).tofile(folder / name)
