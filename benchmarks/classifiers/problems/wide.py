"""Many features, few rows: normal numbers, the class of a row being its largest logit under normal weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.classifiers.problems.problem import Data

_ROWS, _TEST_ROWS, _FEATURES, _CLASSES = 100, 1000, 1000, 10


def load(folder: Path) -> Data:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((_ROWS + _TEST_ROWS, _FEATURES), dtype=np.float32)
    y = (X @ rng.standard_normal((_FEATURES, _CLASSES), dtype=np.float32)).argmax(axis=1)
    return Data(X[:_ROWS].copy(), y[:_ROWS], X[_ROWS:].copy(), y[_ROWS:])
