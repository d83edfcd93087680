"""How weights begin: random, of a size that keeps signals and gradients from growing or dying through the layers.

With fan_in inputs to each output and fan_out outputs of each input, the variance is

    he       2 / fan_in                 for what a ReLU follows, which lets half through
    glorot   2 / (fan_in + fan_out)     for what a function of slope 1 around 0 follows, or nothing

drawn from a normal distribution, or a uniform one on [−√(3·variance), √(3·variance)].

Sources: K. He et al., ICCV 2015, arXiv:1502.01852, eq. 10; X. Glorot and Y. Bengio, AISTATS 2010, eq. 12 and 16.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np

from pminusy.errors import InputError
from pminusy.nn.program import Array, empty

Initialization = Literal["he_normal", "he_uniform", "glorot_normal", "glorot_uniform"]
_NAMES = ("he_normal", "he_uniform", "glorot_normal", "glorot_uniform")


def initial_weights(
    name: str,
    shape: tuple[int, ...],
    fans: tuple[int, int],
    dtype: np.dtype[Any],
    rng: np.random.Generator,
) -> Array:
    """Weights of this shape; `fans` are the inputs of an output and the outputs of an input.

    Examples
    --------
    >>> W = initial_weights("he_normal", (400, 300), (400, 300), np.dtype(np.float64), np.random.default_rng(0))
    >>> round(float(W.std()), 3), round((2 / 400) ** 0.5, 3)
    (0.071, 0.071)
    """
    if name not in _NAMES:
        raise InputError(f"init: expected one of {', '.join(_NAMES)}, got {name!r}")
    kind, distribution = name.split("_")
    fan_in, fan_out = fans
    deviation = math.sqrt(2 / max(1, fan_in if kind == "he" else fan_in + fan_out))
    weights = empty(shape, dtype)
    if distribution == "normal":
        weights[...] = deviation * rng.standard_normal(shape)
    else:
        weights[...] = deviation * math.sqrt(3) * rng.uniform(-1, 1, shape)
    return weights


def zeros(shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    """Where biases begin."""
    array = empty(shape, dtype)
    array[...] = 0
    return array
