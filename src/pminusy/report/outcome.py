"""How the fit went: the solver's outcome, its history, and the check of the gradient it used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")

MAX_STEPS = 200
"""As many entries of a history as a chart can use."""


@dataclass(frozen=True)
class Step:
    """One iteration of the solver.

    Attributes
    ----------
    iteration : int
    passes : int
        Passes over the training rows so far.
    objective, gradient_norm : float
    """

    iteration: int
    passes: int
    objective: float
    gradient_norm: float


@dataclass(frozen=True)
class SolverOutcome:
    """How the solver ended.

    Attributes
    ----------
    converged : bool
    reason : str
        Why it stopped, as a sentence.
    remedy : str
        What to try, as a sentence; empty where it converged.
    objective, gradient_norm, tolerance : float
        At the end, and the norm that was asked for.
    iterations, passes : int
        Passes are over the training rows.
    seconds : float
        In the solver alone.
    history : tuple of Step
        In order; long ones are thinned to 200 steps that include both ends.
    relative_gap : float or None
        With an L1 part in the penalty, an upper bound on how far the objective is above its minimum, as a share of the
        objective with all coefficients 0. It is compared with `tolerance`, and not the gradient norm.
    """

    converged: bool
    reason: str
    remedy: str
    objective: float
    gradient_norm: float
    tolerance: float
    iterations: int
    passes: int
    seconds: float
    history: tuple[Step, ...]
    relative_gap: float | None = None


@dataclass(frozen=True)
class GradientOutcome:
    """The model's gradient, held against its own function on a few rows.

    Attributes
    ----------
    ok : bool
    slope : float
        How the Taylor remainder falls with the step, in powers of it: 3 for a right gradient, 1 for a wrong
        one, inf where none rises above rounding.
    worst_coordinate : str
        Where formula and difference quotient are furthest apart.
    claimed, measured : float
        The formula's value there, and the difference quotient's.
    relative_error : float
        Their distance.
    """

    ok: bool
    slope: float
    worst_coordinate: str
    claimed: float
    measured: float
    relative_error: float


def solver_outcome(result: Any) -> SolverOutcome:
    """Take a solver's result down as plain values.

    Parameters
    ----------
    result : solver result
        `SoftmaxRegression.result_`.

    Returns
    -------
    SolverOutcome
    """
    return SolverOutcome(
        converged=bool(result.converged),
        reason=result.reason.sentence,
        remedy="" if result.converged else result.reason.remedy,
        objective=float(result.objective),
        gradient_norm=float(result.gradient_norm),
        tolerance=float(result.tolerance),
        iterations=int(result.n_iter),
        passes=int(result.passes),
        seconds=float(result.seconds),
        history=tuple(
            Step(int(r.iteration), int(r.passes), float(r.objective), float(r.gradient_norm))
            for r in spread(result.history)
        ),
        relative_gap=None if result.relative_gap is None else float(result.relative_gap),
    )


def spread(history: Sequence[T], limit: int = MAX_STEPS) -> list[T]:
    """Take at most so many entries of a history, evenly spaced, its first and its last among them.

    Examples
    --------
    >>> spread(range(10), limit=4)
    [0, 3, 6, 9]
    """
    if not history:
        return []
    kept = np.unique(np.linspace(0, len(history) - 1, limit).round().astype(int))
    return [history[i] for i in kept]


def gradient_outcome(check: Any, place: str) -> GradientOutcome:
    """Take a gradient check down as plain values.

    Parameters
    ----------
    check : gradient check report
        With `ok`, `slope`, `claimed`, `measured` and `relative_error`.
    place : str
        Name of the coordinate that fits least.

    Returns
    -------
    GradientOutcome
    """
    return GradientOutcome(
        ok=bool(check.ok),
        slope=float(check.slope),
        worst_coordinate=place,
        claimed=float(check.claimed),
        measured=float(check.measured),
        relative_error=float(check.relative_error),
    )
