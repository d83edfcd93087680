"""What a competitor hands back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Fitted:
    """W (D, K), b (K,), and how often X was read, or else iterations as the library counts them."""

    W: Array
    b: Array
    passes: int | None = None
    n_iter: int | None = None
