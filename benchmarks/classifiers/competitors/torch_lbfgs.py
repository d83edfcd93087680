"""PyTorch's L-BFGS with the strong Wolfe line search, on the mean of the same penalised objective; full batch."""

from __future__ import annotations

import torch
from torch.nn.functional import cross_entropy

from benchmarks.classifiers.competitors.fitted import Fitted


def fit(X, y, *, C, tol, max_iter, n_threads):
    torch.set_num_threads(n_threads)
    rows, labels = _tensor(X), torch.from_numpy(y)
    W = torch.zeros(X.shape[1], int(y.max()) + 1, dtype=rows.dtype, requires_grad=True)
    b = torch.zeros(W.shape[1], dtype=rows.dtype, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [W, b], max_iter=max_iter, tolerance_grad=tol, line_search_fn="strong_wolfe"
    )
    evaluations = 0

    def mean_objective():
        nonlocal evaluations
        evaluations += 1
        optimiser.zero_grad()
        value = cross_entropy(rows @ W + b, labels) + W.square().sum() / (2 * C * len(y))
        value.backward()
        return value

    optimiser.step(mean_objective)
    # Forward and backward read X once each.
    return Fitted(W.detach().numpy(), b.detach().numpy(), passes=2 * evaluations)


def _tensor(X):
    if not hasattr(X, "indptr"):
        return torch.from_numpy(X)
    indptr, indices, values = (torch.from_numpy(part) for part in (X.indptr, X.indices, X.data))
    return torch.sparse_csr_tensor(indptr, indices, values, X.shape)
