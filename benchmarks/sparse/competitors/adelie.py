"""adelie's group elastic net, whose multinomial loss has a group for each feature."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import scipy.sparse as sp

from benchmarks.sparse.problems import Fit, Solution, SparseProblem, timed


def is_installed() -> bool:
    """Whether it can be imported."""
    return find_spec("adelie") is not None


def fit(problem: SparseProblem, n_threads: int) -> Fit | None:
    """At its defaults, without early exit; its loss is the mean over classes as well, and so are its strengths."""
    if not problem.group or sp.issparse(problem.X):
        return None
    return timed(lambda: _solve(problem, n_threads))


def _solve(problem: SparseProblem, n_threads: int) -> list[Solution]:
    import adelie

    X = np.asfortranarray(problem.X)
    Y = np.eye(int(problem.y.max()) + 1, dtype=X.dtype)[problem.y]
    state = adelie.solver.grpnet(
        X, adelie.glm.multinomial(Y, dtype=X.dtype.type), alpha=problem.l1_ratio,
        penalty=np.ones(X.shape[1]), lmda_path=problem.strengths / Y.shape[1], early_exit=False,
        n_threads=n_threads, progress_bar=False,
    )  # fmt: skip
    shape = (X.shape[1], Y.shape[1])
    betas, intercepts = state.betas.toarray(), np.asarray(state.intercepts)
    return [Solution(W.reshape(shape).T, b) for W, b in zip(betas, intercepts, strict=True)]
