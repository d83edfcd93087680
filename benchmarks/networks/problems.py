"""The networks that are trained: the same layers, batches and optimiser for every competitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

Array = np.ndarray
N_CLASSES = 10
SIDE = 28


@dataclass(frozen=True)
class Problem:
    """A network, and how many times faster than each competitor ours is meant to be.

    Attributes
    ----------
    filters : tuple of int
        3 × 3 filters of convolutions, each followed by ReLU and 2 × 2 max-pooling; none for dense layers only.
    hidden : tuple of int
        Units of the hidden dense layers, each followed by ReLU.
    """

    name: str
    hidden: tuple[int, ...]
    batch_size: int
    targets: Mapping[str, float]
    filters: tuple[int, ...] = ()

    @property
    def flops_per_row(self) -> int:
        """Of the products of one step: forward, and both gradients, but for the input of the first layer."""
        total, side, channels, first = 0, SIDE, 1, True
        for n_filters in self.filters:
            side -= 2
            total += 2 * side * side * 9 * channels * n_filters * (2 if first else 3)
            side, channels, first = side // 2, n_filters, False
        sizes = [side * side * channels, *self.hidden, N_CLASSES]
        for inputs, outputs in pairwise(sizes):
            total += 2 * inputs * outputs * (2 if first else 3)
            first = False
        return total


PROBLEMS = {
    "small": Problem("784-32-10, batch 32", (32,), 32, {"torch_eager": 3.5, "jax_jit": 1, "scikit_learn": 3}),
    "medium": Problem(
        "784-256-10, batch 128", (256,), 128, {"torch_eager": 2, "jax_jit": 1, "scikit_learn": 2.5}
    ),
    "large": Problem("784-1024-1024-10, batch 256", (1024, 1024), 256, {"torch_eager": 1.6, "jax_jit": 1}),
    "cnn": Problem(
        "CNN: conv 16 and 32, 3 × 3, pool, dense 128, batch 128",
        (128,),
        128,
        {"torch_eager": 1, "jax_jit": 0.8},
        filters=(16, 32),
    ),
}


def load_mnist(folder: Path, part: str = "train") -> tuple[Array, Array]:
    """Pixels divided by 255 (N, 28, 28) in float32, and labels (N,)."""
    with np.load(folder / "mnist.npz") as archive:
        return archive[f"X_{part}"] / np.float32(255), archive[f"y_{part}"].astype(np.int64)
