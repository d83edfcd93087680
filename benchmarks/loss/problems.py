"""The shapes, and what is aimed at for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Problem:
    """Float32 logits of a shape, with labels or rows of probabilities, and the least ratios wanted."""

    n_rows: int
    n_classes: int
    soft: bool
    over_eager: float
    over_compiled: float
    copies: float | None

    @property
    def name(self) -> str:
        """As the table shows it."""
        return f"{self.n_rows} × {self.n_classes}" + (", soft targets" if self.soft else "")

    def data(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Logits and targets, the same in every process."""
        rng = np.random.default_rng(0)
        Z = rng.standard_normal((self.n_rows, self.n_classes), dtype=np.float32) * np.float32(3)
        if not self.soft:
            return Z, rng.integers(0, self.n_classes, self.n_rows)
        Y = rng.random((self.n_rows, self.n_classes), dtype=np.float32)
        return Z, Y / Y.sum(axis=1, keepdims=True)


PROBLEMS = (
    Problem(65536, 10, False, 4, 1, None),
    Problem(8192, 1000, False, 2, 2, 2),
    Problem(1024, 50257, False, 10, 4, 1.25),
    Problem(512, 131072, False, 10, 4, 1.25),
    Problem(8192, 1000, True, 2, 1.5, None),
)
