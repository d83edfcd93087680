"""What a solver returns: where it stopped, why, and how it got there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from numpy.typing import NDArray


class Reason(StrEnum):
    """Why a solver stopped."""

    GRADIENT_TOLERANCE = "gradient_tolerance"
    PRECISION = "precision"
    MAX_ITERATIONS = "max_iterations"
    LINE_SEARCH = "line_search"
    NOT_FINITE = "not_finite"

    @property
    def sentence(self) -> str:
        """What happened, in one sentence."""
        return _SENTENCES[self]

    @property
    def remedy(self) -> str:
        """What to try; empty where nothing is wrong."""
        return _REMEDIES[self]


_SENTENCES = {
    Reason.GRADIENT_TOLERANCE: "No component of the gradient exceeds tol: this is the optimum, to that tolerance.",
    Reason.PRECISION: "No step improves the objective in this precision any more.",
    Reason.MAX_ITERATIONS: "The limit on iterations came first: this is not the optimum yet.",
    Reason.LINE_SEARCH: "No step along the search direction lowered the objective, though its gradient is not small.",
    Reason.NOT_FINITE: "The objective or its gradient overflowed.",
}
_REMEDIES = {
    Reason.GRADIENT_TOLERANCE: "",
    Reason.PRECISION: "Take a larger tol, or pass float64 data if X is float32.",
    Reason.MAX_ITERATIONS: "Raise max_iter, scale the columns to similar sizes, or lower C.",
    Reason.LINE_SEARCH: "Scale the columns to similar sizes, or lower C.",
    Reason.NOT_FINITE: "Scale the columns: some values are too large for this precision.",
}


@dataclass(frozen=True)
class Record:
    """The state after one iteration (iteration 0: the start).

    Attributes
    ----------
    iteration, passes : int
        Iterations done, and passes over X so far.
    objective : float
        C·Σ L + ½‖W‖², or Σ L where C is infinite.
    gradient_norm : float
        The largest absolute component of the gradient of the mean objective: what `tol` is compared with.
    seconds : float
        Since the fit began.
    """

    iteration: int
    passes: int
    objective: float
    gradient_norm: float
    seconds: float


@dataclass(frozen=True)
class SolverResult:
    """How a fit ended.

    Attributes
    ----------
    reason : Reason
        Why it stopped; `reason.sentence` and `reason.remedy` say it in words.
    objective, gradient_norm : float
        As in :class:`Record`, at the parameters returned.
    tolerance : float
        The `tol` asked for.
    n_iter, passes : int
        Iterations, and passes over X.
    seconds : float
        Wall time of the solver.
    history : tuple of Record
        One for each iteration, the start included.
    """

    reason: Reason
    objective: float
    gradient_norm: float
    tolerance: float
    n_iter: int
    passes: int
    seconds: float
    history: tuple[Record, ...]

    @property
    def converged(self) -> bool:
        """Whether the gradient is within the tolerance."""
        return self.gradient_norm <= self.tolerance

    def __str__(self) -> str:
        return (
            f"{self.reason.sentence} After {self.n_iter} iterations and {self.passes} passes over X: objective "
            f"{self.objective:.8g}, gradient {self.gradient_norm:.2g} (tol {self.tolerance:g})."
        )


@dataclass(frozen=True)
class Solution:
    """Parameters, flat, and the result that tells how they were found."""

    parameters: NDArray[Any]
    result: SolverResult
