"""One file per competitor: `fit(X, y, C=, tol=, max_iter=, n_threads=)` gives a `Fitted`.

All minimise C·Σ L + ½‖W‖², the intercept not penalised, from zero. y holds class numbers that all occur.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Competitor:
    """As tables call it, and the package that it needs."""

    title: str
    package: str


OURS = "pminusy"
BASELINE = "frequencies"
COMPETITORS = {
    OURS: Competitor("pminusy", "pminusy"),
    "lbfgs": Competitor("lbfgs", "sklearn"),
    "newton_cg": Competitor("newton-cg", "sklearn"),
    "newton_cholesky": Competitor("newton-cholesky", "sklearn"),
    "saga": Competitor("saga", "sklearn"),
    "torch_lbfgs": Competitor("PyTorch L-BFGS", "torch"),
    BASELINE: Competitor("frequencies", "numpy"),
}
