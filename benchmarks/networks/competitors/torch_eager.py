"""PyTorch as scripts use it: eager mode, fused Adam, the data in memory."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import nn
from torch.nn import functional

from benchmarks.networks.problems import N_CLASSES, SIDE, Array, Problem


def prepare(problem: Problem, images: Array, labels: Array, n_threads: int) -> Callable[[], None]:
    torch.set_num_threads(n_threads)
    torch.manual_seed(0)
    X, y = torch.from_numpy(images), torch.from_numpy(labels)
    X = X[:, None] if problem.filters else X.reshape(len(X), -1)
    model = _model(problem)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)

    def epoch() -> None:
        order = torch.randperm(len(X))
        for start in range(0, len(X), problem.batch_size):
            rows = order[start : start + problem.batch_size]
            optimizer.zero_grad()
            functional.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()

    return epoch


def _model(problem: Problem) -> nn.Module:
    layers: list[nn.Module] = []
    side, channels = SIDE, 1
    for n_filters in problem.filters:
        layers += [nn.Conv2d(channels, n_filters, 3), nn.ReLU(), nn.MaxPool2d(2)]
        side, channels = (side - 2) // 2, n_filters
    layers += [nn.Flatten()]
    sizes = [side * side * channels, *problem.hidden]
    for inputs, outputs in pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(sizes[-1], N_CLASSES))
