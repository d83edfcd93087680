"""What holds of samples that are all in memory: a row's place is its number, and there is nothing to bring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import numpy as np

from pminusy.nn.program import Array
from pminusy.nn.training.epoch import Epoch


class AtHand:
    """Samples that are all in memory; see `Samples`."""

    all_at_hand = True

    def shuffle(self, epoch: Epoch, rows: Array, random: np.random.Generator) -> None:
        """In any order."""
        epoch.order[...] = random.permutation(rows)

    def bring(self, epoch: Epoch, step: int) -> int:
        """All steps' rows are at hand."""
        return epoch.n_steps

    def parts(self) -> Iterator[tuple[int, Self]]:
        """One, of all rows."""
        yield 0, self
