"""A fit as it is watched in a terminal."""

import math
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from pminusy.report.formats import number

if TYPE_CHECKING:
    from pminusy.runs.parts import Parts

_PATIENCE = 1.0


class FitDisplay:
    """Prints what was inferred, and shows how far a fit is once it has taken a second.

    Parameters
    ----------
    out : rich.console.Console
        For what was inferred.
    err : rich.console.Console
        For the progress, which is shown on a terminal only, and leaves nothing behind.
    tol : float
        The gradient norm that the solver is to reach.

    Examples
    --------
    >>> with FitDisplay(Console(), Console(stderr=True), tol=1e-4) as display:   # doctest: +SKIP
    ...     fit("digits", directory, options, watcher=display)
    """

    def __init__(self, out: Console, err: Console, tol: float) -> None:
        self._out, self._shown = out, err.is_terminal
        self._tol, self._first_norm, self._least_norm = tol, math.nan, math.inf
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description} {task.elapsed:.0f} s"),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[state]}"),
            expand=True,
            console=err,
            transient=True,
            redirect_stdout=False,
        )
        self._task = self._progress.add_task("starting", total=None, state="")
        self._timer: Timer

    def __enter__(self) -> Self:
        self._resume()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pause()

    def stage(self, name: str) -> None:
        """Show the name of the stage."""
        self._progress.remove_task(self._task)
        self._task = self._progress.add_task(name, total=None, state="")

    def read(self, parts: "Parts") -> None:
        """Print what was inferred."""
        from pminusy.cli.inferred import print_inferred

        self._pause()
        print_inferred(parts, self._out)
        self._resume()

    def iteration(self, record: Any) -> None:
        """Show the iteration, and how far the gradient norm has fallen towards the tolerance."""
        if not record.iteration:
            self._first_norm = record.gradient_norm
        self._least_norm = min(self._least_norm, record.gradient_norm)
        self._progress.update(
            self._task,
            total=1.0,
            completed=_share_fallen(self._first_norm, self._least_norm, self._tol),
            state=f"iteration {record.iteration:,}, objective {number(record.objective)}, "
            f"gradient {record.gradient_norm:.1e} → {self._tol:.0e}",
        )

    def _resume(self) -> None:
        if self._shown:
            self._timer = Timer(_PATIENCE, self._progress.start)
            self._timer.start()

    def _pause(self) -> None:
        if self._shown:
            self._timer.cancel()
            self._timer.join()
            self._progress.stop()


def _share_fallen(first: float, least: float, tol: float) -> float:
    """How much of the way from `first` to `tol` is done, in orders of magnitude: in [0, 1]."""
    if least <= tol:
        return 1.0
    if not (tol > 0 and math.isfinite(first) and first > least):
        return 0.0
    return math.log(first / least) / math.log(first / tol)
