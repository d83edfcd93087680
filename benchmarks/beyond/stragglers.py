"""How long an iteration takes, relative to a pass, when workers differ: sums are added along a binary tree.

python -m benchmarks.beyond.stragglers
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Array = np.ndarray
Draw = Callable[[np.random.Generator, tuple[int, int]], Array]

_WORKERS = (4, 16, 100, 1000)
_ITERATIONS = 20_000
_ADDITION = 1e-4  # of a pass, for each level of the tree


def rare(rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    """One pass in a hundred takes three times as long."""
    return np.where(rng.random(shape) < 0.01, 3.0, 1.0)


def lognormal(rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    """With a median of 1."""
    return rng.lognormal(0.0, 0.2, shape)


def both(rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    """The product."""
    return rare(rng, shape) * lognormal(rng, shape)


def iteration(times: Array) -> Array:
    """When the root has the sum of all, for each row of workers' times."""
    while times.shape[1] > 1:
        if times.shape[1] % 2:
            times = np.c_[times, np.zeros(len(times))]
        times = np.maximum(times[:, ::2], times[:, 1::2]) + _ADDITION
    return times[:, 0]


def main() -> None:
    """Print the table of means."""
    draws: tuple[Draw, ...] = (rare, lognormal, both)
    for workers in _WORKERS:
        rng = np.random.default_rng(0)
        means = (iteration(draw(rng, (_ITERATIONS, workers))).mean() for draw in draws)
        print(f"| {workers} | " + " | ".join(f"{mean:.2f}" for mean in means) + " |")


if __name__ == "__main__":
    main()
