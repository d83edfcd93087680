"""What the bars of a fit show: how much is done, and in words where it is."""

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pminusy.report.formats import count, number, percent, seconds

if TYPE_CHECKING:
    from pminusy.nn.training.progress import Progress

_NO_BREAK = "\N{NO-BREAK SPACE}"


class SolverGauge:
    """How far a solver is on its way to the tolerance.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> SolverGauge().read(SimpleNamespace(iteration=0, objective=2.5, gradient_norm=1.0), tol=1e-4)
    (0.0, 'iteration 0, objective 2.5, gradient norm 1.0e+00 → 1e-04')
    """

    def __init__(self) -> None:
        self._first_norm, self._least_norm = math.nan, math.inf

    def read(self, record: Any, tol: float) -> tuple[float, str]:
        """The share done, and the iteration in words."""
        if not record.iteration:
            self._first_norm = record.gradient_norm
        self._least_norm = min(self._least_norm, record.gradient_norm)
        goal = f" → {tol:.0e}" if tol else ""
        state = (
            f"iteration {record.iteration:,}, objective {number(record.objective)}, "
            f"gradient norm {record.gradient_norm:.1e}{goal}"
        )
        return share_fallen(self._first_norm, self._least_norm, tol), state


def share_fallen(first: float, least: float, tol: float) -> float:
    """How much of the way from `first` to `tol` is done, in orders of magnitude: in [0, 1]."""
    if least <= tol:
        return 1.0
    if not (tol > 0 and math.isfinite(first) and first > least):
        return 0.0
    return math.log(first / least) / math.log(first / tol)


class EpochGauge:
    """How far a network's training is, and how long it may still take.

    Parameters
    ----------
    clock : callable
        Gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begin: tuple[float, float] | None = None
        self.validation_loss: float | None = None

    def read(self, progress: "Progress", rows: str) -> tuple[float, str]:
        """The share of all epochs done, and their pace in words."""
        share = (progress.epoch - 1 + progress.step / progress.n_steps) / progress.n_epochs
        now = self._clock()
        begin, share_before = self._begin = self._begin or (now, share)
        told = [f"{count(round(progress.rows_per_second))} {rows}/s"]
        if self.validation_loss is not None:
            told.insert(0, f"validation loss {self.validation_loss:.4f}")
        if share > share_before:
            told.append(f"{seconds((now - begin) * (1 - share) / (share - share_before))} left")
        return share, ", ".join(told).replace(_NO_BREAK, " ")


def batch_state(progress: "Progress") -> str:
    """The epoch so far in words."""
    return f"loss {progress.loss:.4f}, accuracy {percent(progress.accuracy)}".replace(_NO_BREAK, " ")
