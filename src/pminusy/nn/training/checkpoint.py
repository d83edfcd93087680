"""Saving a fit while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from typing import Any

from pminusy.nn.training.history import EpochRecord
from pminusy.nn.training.progress import Progress
from pminusy.options import check_integer


@dataclass(frozen=True)
class Checkpoint:
    """Callback that saves the model at the end of epochs, replacing the previous checkpoint.

    `SoftmaxNetwork.load(path).resume(X, y)` resumes an interrupted fit from there, bit for bit. The file is replaced
    atomically, so that it is complete at all times.

    Parameters
    ----------
    path : path-like
        File to write; its directory must exist.
    every : int ≥ 1
        Number of epochs between checkpoints.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from sklearn.datasets import load_iris
    >>> from pminusy import SoftmaxNetwork
    >>> from pminusy.nn import Checkpoint
    >>> X, y = load_iris(return_X_y=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     checkpoint = Checkpoint(Path(folder) / "iris.safetensors", every=5)
    ...     model = SoftmaxNetwork(hidden=(8,), max_epochs=12, callbacks=[checkpoint]).fit(X, y)
    ...     SoftmaxNetwork.load(checkpoint.path).n_iter_
    10
    """

    path: str | PathLike[str]
    every: int = 1

    def __post_init__(self) -> None:
        check_integer(1, every=self.every)

    def on_batches(self, progress: Progress) -> None:
        """Nothing is saved within an epoch."""

    def on_epoch(self, model: Any, record: EpochRecord) -> None:
        """Save the model when it is time."""
        if record.epoch % int(self.every) == 0:
            model.save(self.path)
