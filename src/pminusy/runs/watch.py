"""What a fit tells whoever waits for it."""

from pathlib import Path
from typing import Any, Protocol

from pminusy.datasets import Dataset
from pminusy.nn.training.history import EpochRecord
from pminusy.nn.training.progress import Progress


class Watcher(Protocol):
    """Told about a fit while it runs, from the thread that it runs in."""

    def stage(self, name: str) -> None:
        """Another stage begins, of this name: "reading", "encoding", "fitting" and the like."""

    def read(self, dataset: Dataset) -> None:
        """The data are read and split, which the notes tell; nothing is trained yet."""

    def passed(self, share: float, n_rows: int) -> None:
        """A pass over rows in files has done this share, and so many rows."""

    def iteration(self, record: Any, tol: float) -> None:
        """The solver finished an iteration; `record` is the entry of its history, `tol` the norm to reach."""

    def resumed(self, n_epochs: int, checkpoint: Path) -> None:
        """A network goes on from a checkpoint, in which so many epochs are done."""

    def batches(self, progress: Progress) -> None:
        """A network has seen some batches more."""

    def epoch(self, record: EpochRecord) -> None:
        """A network has finished an epoch."""


class Unwatched:
    """A watcher that nobody looks at."""

    def stage(self, name: str) -> None:
        """Ignore it."""

    def read(self, dataset: Dataset) -> None:
        """Ignore it."""

    def passed(self, share: float, n_rows: int) -> None:
        """Ignore it."""

    def iteration(self, record: Any, tol: float) -> None:
        """Ignore it."""

    def resumed(self, n_epochs: int, checkpoint: Path) -> None:
        """Ignore it."""

    def batches(self, progress: Progress) -> None:
        """Ignore it."""

    def epoch(self, record: EpochRecord) -> None:
        """Ignore it."""


UNWATCHED = Unwatched()
