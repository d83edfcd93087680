"""Dropout: in training, random entries are set to 0 and the others are scaled up to compensate.

    forward     Y = M∘X    with M = 0 with probability `rate`, else 1/(1 − rate)
    backward    dX = M∘dY

M is not kept. Each of its numbers is a hash of where it stands (seed, draw, step of the epoch, row, column), so that
the backward pass recomputes it on any thread, and a resumed fit draws the same masks as an uninterrupted one.

Sources: N. Srivastava et al., JMLR 15 (2014) 1929-1958; the hashes: G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014
(the finaliser of SplitMix64, of a row), A. Appleby, MurmurHash3, 2011 (that of 32 bits, of an element).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pminusy.kernels.compile import helper
from pminusy.kernels.kinds import Double, Index, Matrix
from pminusy.kernels.operations import operation
from pminusy.nn.draws import seeded_draws
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, each_row, empty, is_recording, numbers
from pminusy.options import check_numbers

_U32, _U64 = np.uint32, np.uint64
_GOLDEN = _U64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio
_HASHES = 1 << 32  # how many there are


@helper
def _mixed(key, number):
    """64 bits that depend on all of those of a key and a number."""
    z = (key ^ _U64(number)) + _GOLDEN
    z = (z ^ (z >> _U64(30))) * _U64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> _U64(27))) * _U64(0x94D049BB133111EB)
    return z ^ (z >> _U64(31))


@helper
def _hash(number, low, high):
    """32 bits that depend on all of those of a number and two keys."""
    h = _U32(number + low)
    h = _U32((h ^ (h >> _U32(16))) * _U32(0x85EBCA6B))
    h = _U32(h ^ high)
    h = _U32((h ^ (h >> _U32(13))) * _U32(0xC2B2AE35))
    return _U32(h ^ (h >> _U32(16)))


@operation
def _mask(
    seed: Index,
    times: Index,
    factor: Double,
    n_dropped: Index,
    X: Matrix,
    Y: Matrix,
    step,
    first,
    last,
):
    """Y = M∘X for some rows."""
    zero, scaled, limit = X.dtype.type(0), X.dtype.type(factor), _U32(n_dropped)
    epoch = _mixed(_mixed(_U64(0), seed), times)
    batch = _mixed(epoch, step)
    for n in range(first, last):
        key = _mixed(batch, n)
        low, high = _U32(key), _U32(key >> _U64(32))
        x, y = X[n], Y[n]
        for j in range(x.size):
            y[j] = x[j] * (zero if _hash(_U32(j), low, high) < limit else scaled)


@dataclass(eq=False)
class Dropout:
    """Y = M∘X while training, with M random; else Y = X.

    Parameters
    ----------
    rate : float in [0, 1)
        Probability of setting an entry to 0. The others are multiplied by 1/(1 − rate), which preserves the mean.

    Attributes
    ----------
    state : dict
        "draws": `Draws`, the seed (from the generator given to `build`) and how many times masks were drawn afresh.
        Each forward call while training counts one more. In a recorded step the count stays, and masks differ from
        step to step by the step's number: call ``state["draws"].renew()`` before its numbers begin again. A layer that
        stands in one recorded step twice has the same mask in both places.

    Notes
    -----
    ∂L/∂X = M∘∂L/∂Y, with the M of the forward pass.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Dropout
    >>> layer = Dropout(0.25)
    >>> layer.build((4,), np.dtype(np.float64), np.random.default_rng(0))
    (4,)
    >>> Y, backward = layer.forward(np.ones((1000, 4)), training=True)
    >>> np.unique(Y), (Y == 0).mean().round(1), (backward(np.ones((1000, 4))) == Y).all()
    (array([0.        , 1.33333333]), np.float64(0.2), np.True_)
    """

    rate: float
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        check_numbers("[0, 1)", rate=self.rate)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """None."""
        return ()

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Choose the seed; the shape stays."""
        self.state = {"draws": seeded_draws(rng)}
        return shape

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Y, of the shape of X."""
        if not training or self.rate == 0:
            return X, _unchanged
        draws = self.state["draws"]
        if not is_recording():
            draws = np.array(draws)
            self.state["draws"][1] += 1
        n_dropped = min(round(self.rate * _HASHES), _HASHES - 1)
        settings = draws[:1], draws[1:], *numbers(1 / (1 - self.rate)), np.array([n_dropped])

        def masked(values: Array) -> Array:
            result = empty(values.shape, values.dtype)
            each_row(_mask, len(values), *settings, as_rows(values), as_rows(result))
            return result

        def backward(dY: Array, *, to_input: bool = True) -> Array | None:
            return masked(dY) if to_input else None

        return masked(X), backward


def _unchanged(dY: Array, *, to_input: bool = True) -> Array | None:
    return dY if to_input else None
