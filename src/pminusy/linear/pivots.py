"""The inverse of a matrix that is positive semidefinite, and singular along directions that are found on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.linalg.lapack import dpotri, dpstrf

Array = NDArray[Any]

_ROUNDING = 1e-12  # a pivot this small beside 1 is no curvature


def invert_by_pivots(matrix: Array) -> tuple[Array, Array]:
    """The inverse (P, P) of the rows and columns that Cholesky's method with pivots takes, 0 elsewhere; and (P, n)
    columns that span the directions along which the matrix is flat, one for each parameter that is not taken.

    Parameters
    ----------
    matrix : array (P, P)
        With entries near 1 or less on the diagonal.

    Notes
    -----
    With A the rows and columns taken and B those of the others beside them, (−A⁻¹B; I) is flat.
    """
    factor, order, rank, _ = dpstrf(matrix, tol=_ROUNDING, lower=1)
    order -= 1
    taken = order[:rank]
    lower = np.tril(dpotri(factor[:rank, :rank], lower=1)[0]) if rank else np.empty((0, 0))
    inverse = np.zeros_like(matrix)
    inverse[np.ix_(taken, taken)] = lower + np.tril(lower, -1).T
    flat = np.zeros((len(matrix), len(matrix) - rank))
    flat[order[rank:], np.arange(len(matrix) - rank)] = 1.0
    if 0 < rank < len(matrix):
        flat[taken] = -solve_triangular(factor[:rank, :rank], factor[rank:, :rank].T, lower=True, trans="T")
    return inverse, flat
