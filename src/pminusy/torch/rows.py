"""Each row's loss, its gradient and its curvature, as functions that PyTorch differentiates.

For logits z with target mass y of sum s, and whatever g the loss L of the row is multiplied by:

    L = −Σ_k y_k log p_k        ∂(g L)/∂z = g (s p − y)        ∂²(g L)/∂z²·v = g s (p∘v − p⟨p, v⟩)

Rows do not interact, so `vmap` puts the rows of all samples one below the other. The first two are one pass of this
package's kernels, over the tensors' own memory; the last is written in PyTorch's functions, which it differentiates on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.autograd import Function
from torch.nn.functional import cross_entropy as pytorch_cross_entropy  # as it is, if it is replaced later

from pminusy.errors import PminusyError
from pminusy.kernels.parallel import threads
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.losses.memory import empty_like
from pminusy.losses.targets import Targets


@dataclass(frozen=True)
class Options:
    """What a loss depends on beside logits and targets."""

    weight: Tensor | None
    ignore_index: int
    label_smoothing: float

    def settle(self, Z: Tensor, target: Tensor) -> Targets:
        """The targets as the kernels take them; a PminusyError where they cannot."""
        loss = CrossEntropy(
            weight=None if self.weight is None else self.weight.detach().numpy(),
            ignore_index=None if target.is_floating_point() else self.ignore_index,
            label_smoothing=self.label_smoothing,
        )
        return loss.settle(target.detach().numpy(), Z.shape, _array(Z).dtype)

    def eager(self, Z: Tensor, target: Tensor) -> Tensor:
        """The losses as PyTorch computes them, errors included: for weights or masses that are negative."""
        return pytorch_cross_entropy(
            Z,
            target,
            self.weight,
            ignore_index=self.ignore_index,
            label_smoothing=self.label_smoothing,
            reduction="none",
        )

    def mass(self, Z: Tensor, target: Tensor) -> Tensor:
        """Each row's s (N,)."""
        weight = torch.ones_like(Z[0]) if self.weight is None else self.weight
        spread = self.label_smoothing * weight.mean()
        if target.is_floating_point():
            return (1 - self.label_smoothing) * (target * weight).sum(-1) + spread
        counted = target != self.ignore_index
        own = (1 - self.label_smoothing) * weight[torch.where(counted, target, 0)] + spread
        return torch.where(counted, own, 0)


class RowLosses(Function):
    """Each row's loss, in float64: (N,) of logits (N, K) and labels (N,) or mass (N, K)."""

    @staticmethod
    def forward(Z: Tensor, target: Tensor, options: Options) -> Tensor:
        """One pass over Z."""
        try:
            settled = options.settle(Z, target)
            logits = _array(Z)
            with threads(torch.get_num_threads()):
                losses = settled.fused_pass(logits, 0.0, 0.0, np.empty((0, logits.shape[1]), logits.dtype))
        except PminusyError:
            return options.eager(Z, target).double()
        return torch.from_numpy(losses)

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
        """Keep the logits and targets: the gradient is recomputed from them, which takes less than keeping it."""
        Z, target, ctx.options = inputs
        ctx.save_for_backward(Z, target)
        ctx.save_for_forward(Z, target)

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> Any:
        """g (s p − y)."""
        Z, target = ctx.saved_tensors
        return RowGradients.apply(Z, target, g, ctx.options), None, None

    @staticmethod
    def jvp(ctx: Any, V: Tensor, *others: None) -> Tensor:
        """⟨s p − y, v⟩."""
        Z, target = ctx.saved_tensors
        ones = torch.ones(len(Z), dtype=torch.float64)
        return _dots(RowGradients.apply(Z, target, ones, ctx.options), V)

    @staticmethod
    def vmap(info: Any, in_dims: Any, Z: Tensor, target: Tensor, options: Options) -> tuple[Tensor, int]:
        """The rows of all samples in one pass."""
        Z, target = (
            _stacked(array, axis, info.batch_size) for array, axis in zip((Z, target), in_dims, strict=False)
        )
        return RowLosses.apply(Z, target, options).reshape(info.batch_size, -1), 0


class RowGradients(Function):
    """g (s p − y) for each row: (N, K); g (N,) is float64."""

    @staticmethod
    def forward(Z: Tensor, target: Tensor, g: Tensor, options: Options) -> Tensor:
        """One pass over Z."""
        logits = _array(Z)
        dZ = empty_like(logits)
        try:
            settled = options.settle(Z, target)
            settled = replace(settled, weights=np.ascontiguousarray(g.detach().numpy()))
            with threads(torch.get_num_threads()):
                settled.fused_pass(logits, 0.0, 1.0, dZ)
        except PminusyError:
            with torch.enable_grad():
                leaf = Z.detach().requires_grad_()
                return torch.autograd.grad(options.eager(leaf, target), leaf, g.to(Z.dtype))[0]
        return torch.from_numpy(dZ)

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
        """Keep the inputs."""
        *tensors, ctx.options = inputs
        ctx.save_for_backward(*tensors)
        ctx.save_for_forward(*tensors)

    @staticmethod
    def backward(ctx: Any, V: Tensor) -> Any:
        """g s (p∘v − p⟨p, v⟩), and for g itself ⟨s p − y, v⟩."""
        Z, target, g = ctx.saved_tensors
        wants_Z, _, wants_g, _ = ctx.needs_input_grad
        dZ = _curvature(Z, target, g, V, ctx.options) if wants_Z else None
        ones = torch.ones(len(Z), dtype=torch.float64)
        dg = _dots(RowGradients.apply(Z, target, ones, ctx.options), V) if wants_g else None
        return dZ, None, dg, None

    @staticmethod
    def jvp(ctx: Any, V: Tensor | None, _target: None, dg: Tensor | None, _options: None) -> Tensor:
        """The sum over both inputs that move."""
        Z, target, g = ctx.saved_tensors
        moved = torch.zeros_like(Z) if V is None else _curvature(Z, target, g, V, ctx.options)
        return moved if dg is None else moved + RowGradients.apply(Z, target, dg, ctx.options)

    @staticmethod
    def vmap(
        info: Any, in_dims: Any, Z: Tensor, target: Tensor, g: Tensor, options: Options
    ) -> tuple[Tensor, int]:
        """The rows of all samples in one pass."""
        pairs = zip((Z, target, g), in_dims, strict=False)
        Z, target, g = (_stacked(array, axis, info.batch_size) for array, axis in pairs)
        dZ = RowGradients.apply(Z, target, g, options)
        return dZ.reshape(info.batch_size, -1, Z.shape[-1]), 0


def _array(Z: Tensor) -> NDArray[Any]:
    """The tensor's memory; a copy only where it is not in row-major order."""
    return np.ascontiguousarray(Z.detach().numpy())


def _curvature(Z: Tensor, target: Tensor, g: Tensor, V: Tensor, options: Options) -> Tensor:
    p = torch.softmax(Z, -1)
    pv = p * V
    factor = g.to(Z.dtype) * options.mass(Z, target).to(Z.dtype)
    return factor.unsqueeze(-1) * (pv - p * pv.sum(-1, keepdim=True))


def _dots(A: Tensor, B: Tensor) -> Tensor:
    return (A.double() * B.double()).sum(-1)


def _stacked(array: Tensor, axis: int | None, n: int) -> Tensor:
    """The rows of n samples one below the other."""
    every = array.expand(n, *array.shape) if axis is None else array.movedim(axis, 0)
    return every.reshape(n * every.shape[1], *every.shape[2:])
