"""Two ways to Xᵀ dZ + λ∘W, with dZ made block by block.

Scattered, each strand adds xᵀ dZ to a gradient of its own, and the strands are added in order. Where sparse rows have
fewer numbers than that has, dZ is kept for all rows, and each feature gathers its own: the sparse rows of Xᵀ.
"""

from __future__ import annotations

from typing import Any, Protocol, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.rows import RowStore
from pminusy.kernels import linear, updates
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, over_ranges
from pminusy.linear.layout import ParameterLayout
from pminusy.solvers.vectors import n_chunks

Array = NDArray[Any]


class GradientSum(Protocol):
    """How ∂/∂W comes from the rows."""

    def dW(self, strand: int) -> Array:
        """What a strand's kernels add xᵀ dZ to; empty where it is gathered at the end."""

    def dZ(self, own: Array, start: int, stop: int) -> Array:
        """Where the kernels write dZ of the rows [start, stop): `own`, or among all rows'."""

    def finish(self, parameters: Array, curvature: Array, total: Array) -> None:
        """W's part of total = Xᵀ dZ + λ∘W."""


@final
class ScatteredSum:
    """A gradient for each strand."""

    def __init__(self, layout: ParameterLayout, n_strands: int) -> None:
        self._layout = layout
        self._sums = np.empty((n_strands, layout.n_weights), layout.dtype)

    def dW(self, strand: int) -> Array:
        """The strand's own."""
        return self._sums[strand].reshape(self._layout.weight_shape)

    def dZ(self, own: Array, start: int, stop: int) -> Array:  # noqa: ARG002
        """One block's, used again for the next."""
        return own

    def finish(self, parameters: Array, curvature: Array, total: Array) -> None:
        """Add λ∘W and the strands, in order."""
        w, out = parameters[: self._layout.n_weights], total[: self._layout.n_weights]
        code = updates.add_strands(self._layout.dtype)

        def run(first: int, last: int) -> None:
            code(self._sums, w, curvature, out, first, last)

        over_ranges(run, n_chunks(w), updates.CHUNK * (1 + len(self._sums)) // PRODUCTS_PER_ELEMENT)


@final
class GatheredSum:
    """dZ of all rows, and Xᵀ."""

    def __init__(self, layout: ParameterLayout, rows: RowStore, columns: linear.Rows) -> None:
        self._layout, self._columns, self._n_numbers = layout, columns, rows.n_numbers
        self._dZ = np.empty((rows.shape[0] + linear.SPARE_ROWS, layout.n_classes), layout.dtype)

    def dW(self, strand: int) -> Array:  # noqa: ARG002
        """Nothing."""
        return np.empty((0, self._layout.n_free), self._layout.dtype)

    def dZ(self, own: Array, start: int, stop: int) -> Array:  # noqa: ARG002
        """These rows' place."""
        return self._dZ[start:stop]

    def finish(self, parameters: Array, curvature: Array, total: Array) -> None:
        """Each feature's row of Xᵀ dZ, and λ∘W."""
        W, dW = self._layout.unpack(parameters)[0], self._layout.unpack(total)[0]
        code, n_held = linear.transposed_pass(self._layout.dtype), self._layout.n_held

        def run(first: int, last: int) -> None:
            code(self._columns, self._dZ, n_held, W, curvature, dW, first, last)

        products = (self._n_numbers // len(W) + 1) * self._layout.n_free
        over_ranges(run, len(W), products // PRODUCTS_PER_ELEMENT + 1)
