"""What a problem is: data, and the settings that all competitors share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Data:
    """Rows X (N, D), dense or CSR, with class numbers y in [0, K), all of which occur; and rows to test on, if any."""

    X: Any
    y: Array
    X_test: Any = None
    y_test: Array | None = None

    @property
    def n_classes(self) -> int:
        """K."""
        return int(self.y.max()) + 1

    @property
    def n_bytes(self) -> int:
        """What X takes."""
        parts = (self.X,) if isinstance(self.X, np.ndarray) else (self.X.data, self.X.indices, self.X.indptr)
        return sum(part.nbytes for part in parts)


@dataclass(frozen=True)
class Problem:
    """How to get the data, what to minimise, how long to try, and what is aimed at.

    `aims` are the least ratios of a competitor's time to ours, `memory_aim` the largest share of X that ours may take
    beyond X, `left_out` says why a competitor is skipped.
    """

    title: str
    load: Callable[[Path], Data]
    C: float = 1.0
    max_iter: int = 10_000
    aims: Mapping[str, float] = field(default_factory=dict)
    memory_aim: float | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)


def data_file(folder: Path, name: str) -> Path:
    """The path of a file of the data folder; a FileNotFoundError that says where it was looked for."""
    path = folder / name
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing (--data names the folder)")
    return path
