r"""Series that converge slowly, by Levin's u-transformation (Levin, 1973).

From partial sums $S_n$ and terms $a_n$ it makes the limit of what $S_n = S + (n + \beta) a_n (c_0 + c_1 / n + \dots)$
says. It is right for terms that fall as a power of n, also with changing signs.
"""

from __future__ import annotations

import math

import numpy as np

from pminusy.proofread.checking.dual import Array

ORDERS = range(7, 15)  # how many terms are used
SETTLED = 1e-11  # how near to each other two of these have to be


def accelerated(terms: Array) -> Array:
    """The sum of terms along the first axis; NaN where it does not settle."""
    with np.errstate(all="ignore"):
        return _settled(np.stack([_levin(terms, np.cumsum(terms, axis=0), order) for order in ORDERS]))


def _settled(found: Array) -> Array:
    """Of several approximations, one that is near to the one before it; NaN where there is none."""
    gaps = np.abs(np.diff(found, axis=0)) / np.maximum(np.abs(found[1:]), 1e-3)
    gaps = np.where(np.isfinite(gaps), gaps, np.inf)
    best = gaps.argmin(0)[np.newaxis]
    value = np.take_along_axis(found[1:], best, 0)[0]
    return np.where(np.take_along_axis(gaps, best, 0)[0] <= SETTLED, value, np.nan)


def _levin(terms: Array, sums: Array, order: int) -> Array:
    above, below = np.zeros(terms.shape[1:], terms.dtype), np.zeros(terms.shape[1:], terms.dtype)
    for n in range(order + 1):
        weight = (-1.0) ** n * math.comb(order, n) * ((n + 1) / (order + 1)) ** (order - 1)
        share = weight / ((n + 1) * terms[n])
        above, below = above + share * sums[n], below + share
    return np.asarray(above / below)
