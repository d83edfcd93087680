"""The logits where an objective was evaluated last: kept for all rows, or computed again from the parameters."""

from __future__ import annotations

from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.rows import RowStore, Selection
from pminusy.kernels.linear import SPARE_ROWS
from pminusy.linear.layout import ParameterLayout
from pminusy.losses.softmax import softmax

Array = NDArray[Any]


def all_logits(rows: RowStore, layout: ParameterLayout, chosen: Selection, W: Array, b: Array) -> Array:
    """All K logits of some rows, those of classes that are held being 0: (n, K)."""
    free = rows.take(chosen) @ layout.oriented(W).T + b
    held = np.zeros((len(free), layout.n_held), free.dtype)
    return np.concatenate([held, free], axis=1)


@final
class LastPoint:
    """Where an objective stands.

    Attributes
    ----------
    keeps : bool
        Whether all rows' logits are kept; passes write them.
    at_zero : bool
        Whether every row has the same probabilities.
    W, b : array
        Copies of the parameters, of use where no logits are kept.
    """

    def __init__(self, rows: RowStore, layout: ParameterLayout, keeps: bool) -> None:
        self._rows, self._layout, self.keeps = rows, layout, keeps
        n_kept = rows.shape[0] + SPARE_ROWS if keeps else 0
        self._kept = rows.room((n_kept, layout.n_classes), layout.dtype)
        self.at_zero = True
        self.W, self.b = layout.unpack(np.zeros(layout.n_parameters, layout.dtype))

    def move_to(self, parameters: Array) -> None:
        """These are the parameters that passes now are at."""
        self.at_zero = not parameters.any()
        if not self.keeps:
            W, b = self._layout.unpack(parameters)
            self.W, self.b = W.copy(), b.copy()

    def block(self, own: Array, start: int, stop: int) -> Array:
        """Where the logits of the rows [start, stop) are written: `own` where they are not kept."""
        return self._kept[start:stop] if self.keeps else own

    def probabilities(self, chosen: Selection) -> Array:
        """Those of the free classes: (n, F)."""
        if self.keeps:
            Z = self._kept[: self._rows.shape[0]][chosen]
        else:
            Z = all_logits(self._rows, self._layout, chosen, self.W, self.b)
        return softmax(Z)[:, self._layout.n_held :]
