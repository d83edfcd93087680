"""Classes that hyperplanes separate but for a few rows near the borders, with hardly any penalty.

The weights grow large before those few rows hold them back.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.classifiers.problems.problem import Data

_ROWS, _TEST_ROWS, _FEATURES, _CLASSES = 20_000, 5_000, 50, 4
_VIOLATIONS = 20


def load(folder: Path) -> Data:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((_ROWS + _TEST_ROWS, _FEATURES), dtype=np.float32)
    Z = X @ rng.standard_normal((_FEATURES, _CLASSES), dtype=np.float32)
    order = Z.argsort(axis=1)
    second, y = order[:, -2], order[:, -1].copy()
    rows = np.arange(_ROWS)
    margins = Z[rows, y[:_ROWS]] - Z[rows, second[:_ROWS]]
    wrong = np.argpartition(margins, _VIOLATIONS)[:_VIOLATIONS]
    y[wrong] = second[wrong]
    return Data(X[:_ROWS].copy(), y[:_ROWS], X[_ROWS:].copy(), y[_ROWS:])
