"""Softmax, its logarithm and its Jacobian: input checked, any leading shape, multithreaded."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.errors import ShapeError
from pminusy.kernels import softmax as kernels
from pminusy.kernels.compile import Kernel
from pminusy.kernels.run import run_kernel
from pminusy.losses.arrays import as_like, as_real, in_place_or_apart, output_like

Array = NDArray[Any]
_ONE = np.ones(1)


def softmax(Z: ArrayLike, out: Array | None = None) -> Array:
    r"""Probabilities of each row of logits, :math:`p_k = e^{z_k} / \sum_j e^{z_j}`.

    Parameters
    ----------
    Z : array (..., K), float32 or float64
        Logits; −∞ rules a class out. A row that contains NaN or +∞, or only −∞, gives a row of NaN.
    out : array like Z, optional
        Array for the result; may be Z itself.

    Returns
    -------
    P : array like Z

    Raises
    ------
    InputError, ShapeError
        Logits are not real numbers or have no classes, or `out` does not match.

    See Also
    --------
    log_softmax, softmax_jvp, softmax_jacobian

    Notes
    -----
    Derivation: docs/derivations/softmax.md.

    Examples
    --------
    >>> softmax([[0.0, 0.0], [0.0, float("-inf")]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    return _each_row(Z, out, kernels.softmax_tiles, kernels.softmax_rows)


def log_softmax(Z: ArrayLike, out: Array | None = None) -> Array:
    r"""Log-probabilities of each row of logits, :math:`\log p_k = z_k - \log \sum_j e^{z_j}`.

    Parameters and exceptions as for :func:`softmax`; a class that is ruled out gets −∞.

    Examples
    --------
    >>> log_softmax([[1e4, 0.0]])
    array([[     0., -10000.]])
    """
    return _each_row(Z, out, kernels.log_softmax_tiles, kernels.log_softmax_rows)


def softmax_jvp(Z: ArrayLike, V: ArrayLike, out: Array | None = None) -> Array:
    r"""Jacobian-vector product of softmax, :math:`J v = p \circ v - p \langle p, v \rangle`.

    Parameters
    ----------
    Z : array (..., K), float32 or float64
        Logits.
    V : array like Z
        Directions in the space of logits.
    out : array like Z, optional
        Array for the result; must not be Z or V.

    Returns
    -------
    dP : array like Z
        Directional derivative of the probabilities along V.

    Raises
    ------
    InputError, ShapeError
        As for :func:`softmax`, or V does not have the shape of Z.

    Notes
    -----
    J is symmetric, so :func:`softmax_vjp` computes the same product. Derivation: docs/derivations/softmax.md.

    Examples
    --------
    >>> softmax_jvp([[0.0, 0.0]], [[1.0, 0.0]])
    array([[ 0.25, -0.25]])
    """
    return _jacobian_product(Z, V, "V", out)


def softmax_vjp(Z: ArrayLike, dP: ArrayLike, out: Array | None = None) -> Array:
    r"""Gradient with respect to the logits from a gradient with respect to the probabilities, :math:`J^\top dP`.

    Parameters
    ----------
    Z : array (..., K), float32 or float64
        Logits.
    dP : array like Z
        Gradient of some scalar with respect to softmax(Z).
    out : array like Z, optional
        Array for the result; must not be Z or dP.

    Returns
    -------
    dZ : array like Z
        :math:`p \circ dP - p \langle p, dP \rangle`.

    Raises
    ------
    InputError, ShapeError
        As for :func:`softmax`, or dP does not have the shape of Z.

    Examples
    --------
    >>> softmax_vjp([[0.0, 0.0]], [[1.0, 0.0]])
    array([[ 0.25, -0.25]])
    """
    return _jacobian_product(Z, dP, "dP", out)


def softmax_jacobian(Z: ArrayLike) -> Array:
    r"""Full Jacobian of each row, :math:`\partial p_j / \partial z_i = p_j (\delta_{ij} - p_i)`.

    Parameters
    ----------
    Z : array (..., K), float32 or float64
        Logits.

    Returns
    -------
    J : array (..., K, K)
        Symmetric, each row summing to 0.

    Examples
    --------
    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    P = softmax(Z)
    J = -P[..., :, None] * P[..., None, :]
    diagonal = np.einsum("...ii->...i", J)
    diagonal += P
    return J


def _as_rows(Z: ArrayLike) -> tuple[Array, tuple[int, ...]]:
    array = as_real("Z", Z)
    if array.ndim == 0 or array.shape[-1] == 0:
        raise ShapeError(f"Z: expected logits of shape (..., K) with K ≥ 1, got shape {array.shape}")
    return array.reshape(-1, array.shape[-1]), array.shape


def _jacobian_product(Z: ArrayLike, V: ArrayLike, V_name: str, out: Array | None) -> Array:
    rows, shape = _as_rows(Z)
    direction = as_like(V_name, V, rows.reshape(shape)).reshape(rows.shape)
    result = output_like(out, rows.reshape(shape), Z=rows, **{V_name: direction}).reshape(rows.shape)
    run_kernel(kernels.curvature_tiles, kernels.curvature_rows, (rows, direction, _ONE, 0.0), (result,))
    return result.reshape(shape)


def _each_row(Z: ArrayLike, out: Array | None, tiles: Kernel, rows: Kernel) -> Array:
    matrix, shape = _as_rows(Z)
    result = output_like(out, matrix.reshape(shape)).reshape(matrix.shape)
    in_place_or_apart(result, matrix)
    run_kernel(tiles, rows, (matrix,), (result,))
    return result.reshape(shape)
