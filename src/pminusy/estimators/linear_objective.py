"""The objective of a linear softmax classifier: value and gradient, each row of X read once for both.

Conventions
-----------
X (N, D) samples, W (D, F) and b (F,) parameters, Z (N, K) logits, dZ = ∂(mean loss)/∂Z.

    f(W, b) = (1/M) Σ_i L_i + (λ/2)‖W‖²,    M the total weight of the rows, λ = 1/(C·M)
    ∂f/∂W   = Xᵀ dZ + λW,    ∂f/∂b = Σ_i dZ_i

F = K, but for two classes F = 1: the first class's logit is held at 0, as only the difference of the two matters; that
is the objective of binary logistic regression. Derivation: docs/derivations/linear.md.

The rows are cut into strands by shape alone. Threads take strands, each strand sums its blocks in order, and the
strands are summed in order: the result has the same bits whatever the number of threads, as long as BLAS runs on one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.estimators.row_blocks import block_rows, row_block, spans
from pminusy.kernels.parallel import over_rows, threads
from pminusy.losses.targets import Targets

Array = NDArray[Any]

_MAX_STRANDS = 8
_STRAND_GRADIENTS = 1 << 24  # elements of all strands' own gradients together


class LinearObjective:
    """f(W, b) for fixed data; an `Objective` of the flat parameters [W.ravel(), b]."""

    def __init__(
        self,
        X: Any,
        targets: Targets,
        n_classes: int,
        penalty: float,
        fit_intercept: bool,
        dtype: np.dtype[Any],
    ) -> None:
        self.X, self.targets, self.n_classes = X, targets, n_classes
        self.penalty, self.fit_intercept, self.dtype = penalty, fit_intercept, dtype
        self.n_free = 1 if n_classes == 2 else n_classes
        self.scale = 1.0 / targets.total_weight
        self.total_scale = 1.0 / penalty if penalty else targets.total_weight
        self.rounding = float(np.finfo(dtype).eps)
        self.passes = 0
        self.work = X.nnz if sp.issparse(X) else X.shape[0] * X.shape[1]
        self.work += X.shape[0] * n_classes
        n_rows, n_features = X.shape
        n_strands = min(_MAX_STRANDS, max(2, _STRAND_GRADIENTS // (n_features * self.n_free)), n_rows)
        self.borders = [n_rows * strand // n_strands for strand in range(n_strands + 1)]
        longest = max(np.diff(self.borders))
        self.size = int(longest if sp.issparse(X) else min(longest, block_rows(n_features, n_classes)))
        shape = (n_strands, self.size, n_classes)
        self.Z, self.dZ = np.zeros(shape, dtype), np.empty(shape, dtype)

    @property
    def n_parameters(self) -> int:
        """How long the flat vector is."""
        return self.n_free * (self.X.shape[1] + self.fit_intercept)

    def unpack(self, parameters: Array) -> tuple[Array, Array]:
        """(W, b) as views of the flat parameters; b is 0 without an intercept."""
        split = self.n_free * self.X.shape[1]
        W = parameters[:split].reshape(self.X.shape[1], self.n_free)
        return W, parameters[split:] if self.fit_intercept else np.zeros(self.n_free, parameters.dtype)

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """f and its gradient, in float64, from one pass over X."""
        self.passes += 1
        W, _ = self.unpack(parameters)
        W_data, b_data = self.unpack(parameters.astype(self.dtype))
        n_strands = len(self.borders) - 1
        losses = np.zeros(n_strands)
        dWs: list[Array] = [np.empty(0)] * n_strands
        dbs = np.zeros((n_strands, self.n_free))

        def run(first: int, last: int) -> None:
            with threads(1):
                for strand in range(first, last):
                    losses[strand], dWs[strand], dbs[strand] = self._strand(strand, W_data, b_data)

        over_rows(run, n_strands, self.work // n_strands)
        value = float(losses.sum()) * self.scale + 0.5 * self.penalty * float(np.vdot(W, W))
        gradient = np.empty(self.n_parameters)
        dW, db = self.unpack(gradient)
        np.multiply(W, self.penalty, out=dW)
        for strand_dW in dWs:
            dW += strand_dW
        if self.fit_intercept:
            db[:] = dbs.sum(axis=0)
        return value, gradient

    def _strand(self, strand: int, W: Array, b: Array) -> tuple[float, Array, Array]:
        loss, dW, db = 0.0, None, np.zeros(self.n_free)
        free = slice(self.n_classes - self.n_free, None)
        for start, stop in spans(self.borders[strand], self.borders[strand + 1], self.size):
            Z, dZ = self.Z[strand, : stop - start], self.dZ[strand, : stop - start]
            rows = row_block(self.X, start, stop, self.dtype)
            Z[:, free] = rows @ W
            Z[:, free] += b
            loss += float(self.targets.rows(start, stop).fused_pass(Z, 0.0, self.scale, dZ).sum())
            block_dW = rows.T @ dZ[:, free]
            dW = block_dW if dW is None else np.add(dW, block_dW, out=dW)
            db += dZ[:, free].sum(axis=0, dtype=np.float64)
        assert dW is not None  # no strand is empty
        return loss, dW, db
