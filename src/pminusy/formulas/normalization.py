"""Normalisation to mean 0 and variance 1 over some axes, then a scale and a shift.

Batch normalisation is over all axes but the last (docs/derivations/batch_norm.md), layer normalisation over all but the
first (docs/derivations/layer_norm.md).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def normalized(X: Array, axes: tuple[int, ...], epsilon: float) -> Array:
    """X̂ = (X − μ)/σ with μ = mean X, σ² = mean (X − μ)² + ε."""
    return (X - X.mean(axes, keepdims=True)) / np.sqrt(X.var(axes, keepdims=True) + epsilon)


def normalized_vjp(X: Array, G: Array, axes: tuple[int, ...], epsilon: float) -> Array:
    """(∂X̂/∂X)ᵀ G = (G − mean G − X̂·mean(G∘X̂))/σ."""
    X_hat = normalized(X, axes, epsilon)
    centred = G - G.mean(axes, keepdims=True) - X_hat * (G * X_hat).mean(axes, keepdims=True)
    return centred / np.sqrt(X.var(axes, keepdims=True) + epsilon)


def batch_norm(X: Array, scale: Array, shift: Array, epsilon: float) -> Array:
    """Y = γ X̂ + β, each channel over the batch: X (N, …, C), γ and β (C,)."""
    return scale * normalized(X, _all_but_last(X), epsilon) + shift


def batch_norm_gradients(X: Array, scale: Array, dY: Array, epsilon: float) -> tuple[Array, Array, Array]:
    """dX = (∂X̂/∂X)ᵀ (γ dY), dγ = Σ dY X̂, dβ = Σ dY."""
    axes = _all_but_last(X)
    dX = normalized_vjp(X, scale * dY, axes, epsilon)
    return dX, (dY * normalized(X, axes, epsilon)).sum(axes), dY.sum(axes)


def running_averages(X: Array, mean: Array, variance: Array, momentum: float) -> tuple[Array, Array]:
    """Running averages, updated with the mean and the unbiased variance of the batch."""
    axes = _all_but_last(X)
    moved_mean = (1 - momentum) * mean + momentum * X.mean(axes)
    return moved_mean, (1 - momentum) * variance + momentum * X.var(axes, ddof=1)


def layer_norm(X: Array, scale: Array, shift: Array, epsilon: float) -> Array:
    """Y = γ∘X̂ + β, each sample over its features; γ and β have the shape of a sample."""
    return scale * normalized(X, _all_but_first(X), epsilon) + shift


def layer_norm_gradients(X: Array, scale: Array, dY: Array, epsilon: float) -> tuple[Array, Array, Array]:
    """dX = (∂X̂/∂X)ᵀ (γ∘dY), dγ = Σ_n dY∘X̂, dβ = Σ_n dY."""
    axes = _all_but_first(X)
    dX = normalized_vjp(X, scale * dY, axes, epsilon)
    return dX, (dY * normalized(X, axes, epsilon)).sum(axis=0), dY.sum(axis=0)


def _all_but_last(X: Array) -> tuple[int, ...]:
    return tuple(range(X.ndim - 1))


def _all_but_first(X: Array) -> tuple[int, ...]:
    return tuple(range(1, X.ndim))
