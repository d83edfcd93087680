"""The result of a solver: where it stopped, why, and how it got there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.notebook import facts


class Reason(StrEnum):
    """Why a solver stopped."""

    GRADIENT_TOLERANCE = "gradient_tolerance"
    DUALITY_GAP = "duality_gap"
    PRECISION = "precision"
    MAX_ITERATIONS = "max_iterations"
    LINE_SEARCH = "line_search"
    SEPARABLE = "separable"
    NOT_FINITE = "not_finite"

    @property
    def is_success(self) -> bool:
        """Whether the tolerance was reached."""
        return self in (Reason.GRADIENT_TOLERANCE, Reason.DUALITY_GAP)

    @property
    def sentence(self) -> str:
        """What happened, in one sentence."""
        return _SENTENCES[self]

    @property
    def remedy(self) -> str:
        """What to do about it, in one sentence; empty if nothing is wrong."""
        return _REMEDIES[self]


_SENTENCES = {
    Reason.GRADIENT_TOLERANCE: "The gradient and the expected decrease of the objective are within tol.",
    Reason.DUALITY_GAP: "The duality gap is within tol, relative to the objective with all weights 0.",
    Reason.PRECISION: "No further progress is possible at this floating-point precision.",
    Reason.MAX_ITERATIONS: "Reached max_iter before convergence.",
    Reason.LINE_SEARCH: "The line search found no step that lowers the objective, which is not yet at its minimum.",
    Reason.SEPARABLE: "Without a penalty, the loss decreases along some direction without reaching a minimum.",
    Reason.NOT_FINITE: "The objective or its gradient overflowed.",
}
_REMEDIES = {
    Reason.GRADIENT_TOLERANCE: "",
    Reason.DUALITY_GAP: "",
    Reason.PRECISION: "Increase tol, or pass X as float64 if it is float32.",
    Reason.MAX_ITERATIONS: "Increase max_iter, scale the columns of X, or decrease C.",
    Reason.LINE_SEARCH: "Scale the columns of X, or decrease C.",
    Reason.SEPARABLE: "Use a finite C; result_.separating_direction holds the direction.",
    Reason.NOT_FINITE: "Scale the columns of X: some values are too large for this precision.",
}


_UNDECIDED = "Whether the loss has a minimum without a penalty could not be determined."


@dataclass(frozen=True)
class Record:
    """State of the solver after one iteration; iteration 0 is the starting point.

    Attributes
    ----------
    iteration, passes : int
        Number of iterations and of passes over X so far.
    objective : float
        C·Σ L + ½‖W‖², or Σ L if C is infinite.
    gradient_norm : float
        Largest absolute component of the gradient of the mean objective, which is compared with `tol`.
    seconds : float
        Time since the start of the fit.
    """

    iteration: int
    passes: int
    objective: float
    gradient_norm: float
    seconds: float

    def after(self, last: Record) -> Record:
        """The record of the same state, in a run that goes on where another's `last` record was taken."""
        return replace(
            self,
            iteration=self.iteration + last.iteration,
            passes=self.passes + last.passes,
            seconds=self.seconds + last.seconds,
        )


@dataclass(frozen=True)
class SolverResult:
    """How a fit ended.

    Attributes
    ----------
    reason : Reason
        Why the solver stopped; `reason.sentence` and `reason.remedy` explain it.
    method : str
        The solver that ran: "newton", "newton-cg" or "lbfgs"; "proximal-newton" if the penalty has an L1 part.
    objective, gradient_norm : float
        As in :class:`Record`, evaluated in float64 at the coefficients that the fit returns. If the penalty has an L1
        part, the norm is that of the smallest subgradient.
    tolerance : float
        The requested `tol`.
    n_iter, passes : int
        Number of iterations and of passes over X.
    seconds : float
        Wall time of the solver.
    phases : mapping of str to float
        Seconds spent in each phase: gradients, Hessian products, preconditioners, …
    history : tuple of Record
        One record per iteration, including the start.
    gap : float
        Upper bound on how far `objective` is above its minimum, rounding included; infinite without a penalty. The
        duality gap if the penalty has an L1 part (docs/derivations/elastic_net.md), otherwise from the gradient
        (docs/derivations/certificate.md).
    separable : bool or None
        Without a penalty, whether the rows can be separated, so that the loss has no minimum; None if this could not be
        determined. Always False with a penalty.
    null_objective : float or None
        If the penalty has an L1 part: the objective with all coefficients 0 and the best intercepts. `tolerance` is
        then relative to it, and the fit has converged if ``relative_gap <= tolerance``.
    separating_direction : tuple of arrays (W, b), or None
        If `separable`: coefficients and intercepts of norm 1 along which the loss decreases without reaching a minimum.
    """

    reason: Reason
    method: str
    objective: float
    gradient_norm: float
    tolerance: float
    n_iter: int
    passes: int
    seconds: float
    phases: Mapping[str, float]
    history: tuple[Record, ...]
    gap: float = np.inf
    separable: bool | None = False
    null_objective: float | None = None
    separating_direction: tuple[NDArray[Any], NDArray[Any]] | None = None

    @property
    def converged(self) -> bool:
        """Whether `reason` is GRADIENT_TOLERANCE or DUALITY_GAP."""
        return self.reason.is_success

    @property
    def relative_gap(self) -> float | None:
        """`gap` divided by `null_objective`; None if that is."""
        return None if self.null_objective is None else self.gap / self.null_objective

    def __str__(self) -> str:
        measure = f"gradient norm {self.gradient_norm:.2g}"
        if self.relative_gap is not None:
            measure = f"duality gap {self.gap:.2g}, {self.relative_gap:.2g} of the null objective"
        return (
            f"{self.reason.sentence} After {self.n_iter} iterations and {self.passes} passes over X: objective "
            f"{self.objective:.8g}, {measure} (tol {self.tolerance:g})."
            f"{'' if self.separable is not None else ' ' + _UNDECIDED}"
        )

    def _repr_html_(self) -> str:
        """As a notebook shows it: why it ended, what to try, and the figures."""
        advice = "" if self.converged else f" {self.reason.remedy}"
        return facts(f"{self.reason.sentence}{advice}", self.converged, self._figures())

    def _figures(self) -> Iterator[tuple[str, str]]:
        yield "solver", self.method
        yield "objective", f"{self.objective:.8g}"
        yield "at most above the minimum", f"{self.gap:.2g}" if np.isfinite(self.gap) else "unknown"
        if self.relative_gap is None:
            yield "gradient norm", f"{self.gradient_norm:.2g} (tol {self.tolerance:g})"
        else:
            yield "of the null objective", f"{self.relative_gap:.2g} (tol {self.tolerance:g})"
        yield "iterations", str(self.n_iter)
        yield "passes over X", str(self.passes)
        yield "seconds", f"{self.seconds:.3g}"
        if self.separable is None:
            yield "separable", _UNDECIDED


@dataclass(frozen=True)
class Solution:
    """Parameters, flat; the gradient there; the last step; and the result that tells how they were found."""

    parameters: NDArray[Any]
    gradient: NDArray[Any]
    last_step: NDArray[Any]
    result: SolverResult
