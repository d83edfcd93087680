"""scikit-learn's 8 × 8 digits, divided by their peak, a fifth held out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from benchmarks.classifiers.problems.problem import Data


def load(folder: Path) -> Data:
    X, y = load_digits(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        (X / 16).astype(np.float32), y, test_size=0.2, stratify=y, random_state=0
    )
    return Data(X_train, y_train, X_test, y_test)
