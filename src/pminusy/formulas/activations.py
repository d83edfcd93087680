"""Activation functions and their derivatives. See docs/derivations/activations.md.

The backward pass of a layer multiplies by the derivative: dX = dY∘f′(X).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

Array = NDArray[Any]


def relu(X: Array) -> Array:
    """max(X, 0)."""
    return np.maximum(X, 0)


def relu_derivative(X: Array) -> Array:
    """1 where X > 0, else 0."""
    return (X > 0).astype(X.dtype)


def leaky_relu(X: Array, slope: float) -> Array:
    """X where X > 0, else a X."""
    return np.where(X > 0, X, slope * X)


def leaky_relu_derivative(X: Array, slope: float) -> Array:
    """1 where X > 0, else a."""
    return np.where(X > 0, 1.0, slope).astype(X.dtype)


def tanh(X: Array) -> Array:
    """Hyperbolic tangent of X."""
    return np.tanh(X)


def tanh_derivative(X: Array) -> Array:
    """1 − tanh²X."""
    return 1 - np.tanh(X) ** 2


def sigmoid(X: Array) -> Array:
    """σ(X) = 1/(1 + e^(−X))."""
    return expit(X)


def sigmoid_derivative(X: Array) -> Array:
    """σ(X) (1 − σ(X)) = σ(X) σ(−X)."""
    return expit(X) * expit(-X)


def silu(X: Array) -> Array:
    """X σ(X)."""
    return X * expit(X)


def silu_derivative(X: Array) -> Array:
    """σ(X) (1 + X (1 − σ(X)))."""
    return expit(X) * (1 + X * expit(-X))


def gelu(X: Array) -> Array:
    """X Φ(X), where Φ is the standard normal cumulative distribution function."""
    return X * ndtr(X)


def gelu_derivative(X: Array) -> Array:
    """Φ(X) + X φ(X), where φ = Φ′ is the density."""
    return ndtr(X) + X * np.exp(-(X**2) / 2) / np.sqrt(2 * np.pi)
