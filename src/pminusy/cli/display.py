"""A fit as it is watched in a terminal."""

from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.table import Column
from rich.text import Text

from pminusy.cli.gauges import EpochGauge, SolverGauge, batch_state
from pminusy.report.formats import count

if TYPE_CHECKING:
    from pminusy.datasets import Dataset
    from pminusy.nn.training.history import EpochRecord
    from pminusy.nn.training.progress import Progress as BatchProgress

_PATIENCE = 1.0


class _Description(ProgressColumn):
    """What a task is at, and for how long where it does not count."""

    def get_table_column(self) -> Column:
        return Column(no_wrap=True)

    def render(self, task: Task) -> Text:
        if task.fields["counted"]:
            return Text(task.description)
        return Text(f"{task.description} {task.elapsed or 0:.0f} s")


class FitDisplay:
    """Prints what was inferred, and shows how far a fit is once it has taken a second.

    Parameters
    ----------
    out : rich.console.Console
        For what was inferred.
    err : rich.console.Console
        For the progress, which is shown on a terminal only, and leaves nothing behind.

    Examples
    --------
    >>> with FitDisplay(Console(), Console(stderr=True)) as display:   # doctest: +SKIP
    ...     fit("digits", directory, options, watcher=display)
    """

    def __init__(self, out: Console, err: Console) -> None:
        self._out, self._shown = out, err.is_terminal
        self._solver, self._epochs = SolverGauge(), EpochGauge()
        self._progress = Progress(
            SpinnerColumn(),
            _Description(),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[state]}"),
            expand=True,
            console=err,
            transient=True,
            redirect_stdout=False,
        )
        self._task = self._add("starting")
        self._batches: TaskID | None = None
        self._rows = "rows"
        self._timer: Timer

    def __enter__(self) -> Self:
        self._resume()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pause()

    def stage(self, name: str) -> None:
        """Show the name of the stage, in place of what the last one showed."""
        for task in self._progress.task_ids:
            self._progress.remove_task(task)
        self._task, self._batches = self._add(name), None

    def read(self, dataset: "Dataset") -> None:
        """Print what was inferred from the data."""
        from pminusy.cli.inferred import print_inferred

        self._rows = "images" if dataset.image_shape else "rows"
        self._pause()
        print_inferred(dataset, self._out)
        self._resume()

    def passed(self, share: float, n_rows: int) -> None:
        """Show how much of a pass over rows in files is done."""
        self._progress.update(
            self._task,
            total=1.0,
            completed=share,
            state=count(n_rows, "row").replace("\N{NO-BREAK SPACE}", " "),
        )

    def resumed(self, n_epochs: int, checkpoint: Path) -> None:
        """Print the checkpoint that training resumes from."""
        self._pause()
        self._out.print(f"Resuming from {checkpoint} after {count(n_epochs, 'epoch')}.\n", soft_wrap=True)
        self._resume()

    def iteration(self, record: Any, tol: float) -> None:
        """Show the iteration, and how far the gradient norm has fallen towards the tolerance."""
        share, state = self._solver.read(record, tol)
        self._progress.update(self._task, total=1.0, completed=share, state=state)

    def batches(self, progress: "BatchProgress") -> None:
        """Show how far the epochs are, and how far this one is."""
        share, state = self._epochs.read(progress, self._rows)
        epoch = f"epoch {progress.epoch:,} of {progress.n_epochs:,}"
        self._progress.update(
            self._task, description=epoch, total=1.0, completed=share, state=state, counted=True
        )
        batch = f"batch {progress.step:,} of {progress.n_steps:,}"
        if self._batches is None:
            self._batches = self._add(batch, counted=True)
        self._progress.update(
            self._batches,
            description=batch,
            total=progress.n_steps,
            completed=progress.step,
            state=batch_state(progress),
        )

    def epoch(self, record: "EpochRecord") -> None:
        """Keep the validation loss for the display."""
        self._epochs.validation_loss = record.validation_loss

    def _add(self, description: str, *, counted: bool = False) -> TaskID:
        return self._progress.add_task(description, total=None, state="", counted=counted)

    def _resume(self) -> None:
        if self._shown:
            self._timer = Timer(_PATIENCE, self._progress.start)
            self._timer.start()

    def _pause(self) -> None:
        if self._shown:
            self._timer.cancel()
            self._timer.join()
            self._progress.stop()
