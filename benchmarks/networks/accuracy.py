"""The estimator's test accuracy on MNIST."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.networks.problems import load_mnist
from pminusy import SoftmaxNetwork
from pminusy.nn import Conv2d, Dense, MaxPool2d, ReLU


def measure_accuracy(folder: Path) -> list[str]:
    """A line for the dense network with its defaults, and one for the convolutional one."""
    (X, y), (X_test, y_test) = load_mnist(folder), load_mnist(folder, "test")
    layers = [Conv2d(16, 3), ReLU(), MaxPool2d(2), Conv2d(32, 3), ReLU(), MaxPool2d(2), Dense(128), ReLU()]
    one_cycle = SoftmaxNetwork(layers=layers, max_epochs=5, schedule="one_cycle", learning_rate=3e-3)
    networks = {
        "`SoftmaxNetwork()`, 784-256-10": (SoftmaxNetwork(), 0.982),
        "convolutional, one cycle of 5 epochs": (one_cycle, 0.990),
    }
    lines = []
    for name, (model, target) in networks.items():
        began = time.perf_counter()
        model.fit(X, y)
        seconds, accuracy = time.perf_counter() - began, model.score(X_test, y_test)
        lines.append(
            f"- {name}: {accuracy:.2%} MNIST test accuracy after {model.n_iter_} epochs "
            f"(≥ {target:.1%}), {seconds:.0f} s including compilation"
        )
    return lines
