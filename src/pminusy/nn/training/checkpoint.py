"""A fit saved while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from typing import Any

from pminusy.nn.training.history import EpochRecord
from pminusy.nn.training.progress import Progress
from pminusy.options import check_integer


@dataclass(frozen=True)
class Checkpoint:
    """A callback that saves the model after epochs, each time in place of the last one.

    `SoftmaxNetwork.load(path).resume(X, y)` goes on from there with a fit that was broken off, to the same bits. The
    file is whole at every moment, whatever happens to the process.

    Parameters
    ----------
    path : path-like
        In a folder that exists.
    every : int ≥ 1
        After how many epochs each time.

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
