"""MNIST: 28 × 28 pixels divided by 255."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.classifiers.problems.problem import Array, Data, data_file


def load(folder: Path) -> Data:
    with np.load(data_file(folder, "mnist.npz")) as archive:
        X_train, X_test = (_pixels(archive[name]) for name in ("X_train", "X_test"))
        return Data(X_train, archive["y_train"].astype(np.int64), X_test, archive["y_test"].astype(np.int64))


def _pixels(images: Array) -> Array:
    return np.divide(images.reshape(len(images), -1), np.float32(255), dtype=np.float32)
