"""The cut of a diamond from its measures as they are, unscaled, and its colour and clarity one-hot; all rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.classifiers.problems.problem import Data, data_file


def load(folder: Path, dtype: type[np.floating[Any]] = np.float64) -> Data:
    from pminusy.datasets import read_features

    table = read_features(str(data_file(folder, "diamonds.csv")))
    X = table.drop("cut").to_dummies(["color", "clarity"]).to_numpy().astype(dtype)
    return Data(np.ascontiguousarray(X), np.unique(table["cut"].to_numpy(), return_inverse=True)[1])


def load_single(folder: Path) -> Data:
    """The same in float32, in which the unscaled columns leave little room for rounding."""
    return load(folder, np.float32)
