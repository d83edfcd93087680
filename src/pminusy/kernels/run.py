"""The right shape of kernel for the number of classes, with its scratch memory, on several threads."""

from __future__ import annotations

from typing import Any

import numpy as np

from pminusy.kernels import rows, tiles
from pminusy.kernels.compile import Kernel
from pminusy.kernels.parallel import over_ranges

# Measured: from about here a row is long enough to fill the vector lanes by itself.
MAX_TILE_CLASSES = 96


def run_kernel(
    short: Kernel, long: Kernel, arguments: tuple[Any, ...], outputs: tuple[np.ndarray[Any, Any], ...]
) -> None:
    """Run the kernel for short or for long rows over all rows of the logits, the first of `arguments`."""
    Z = arguments[0]
    n_rows, n_classes = Z.shape
    short_rows = n_classes <= MAX_TILE_CLASSES
    code = (short if short_rows else long)(Z.dtype)
    shape = (tiles if short_rows else rows).scratch_shape(n_classes)

    def run(start: int, stop: int) -> None:
        code(*arguments, np.empty(shape, Z.dtype), *outputs, start, stop)

    over_ranges(run, n_rows, n_classes)
