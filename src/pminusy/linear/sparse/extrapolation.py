"""Where a path of weights goes next: straight on, by the logarithm of the strength."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.formulas.elastic_net import ElasticNet

Array = NDArray[Any]


def extrapolated(W: Array, before: Array, factor: float, net: ElasticNet) -> Array:
    """W + factor (W − before), both (n, F), where weights under a norm that would become 0, or turn, are 0."""
    moved = W + factor * (W - before)
    kept = moved * W > 0
    if net.group:
        kept = (moved * W).sum(axis=1, keepdims=True) > 0
    return np.where(kept | (net.alpha == 0)[:, None], moved, 0.0)
