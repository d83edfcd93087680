"""Vectors and matrices on the last two axes of a value; all other axes number indices and samples."""

from __future__ import annotations

from typing import Any

import numpy as np

from pminusy.errors import ShapeError
from pminusy.proofread.checking.dual import (
    Array,
    Dual,
    Value,
    add,
    bilinear,
    linear,
    multiply,
    negative,
    plain,
    reciprocal,
)
from pminusy.proofread.checking.functions import FUNCTIONS, exp, log

SINGULAR = 1e13  # condition number from which a matrix has no inverse but for rounding, as X^T X for a wide X


def shape_of(value: Value) -> tuple[int, int]:
    """Rows and columns, tangents included (a tangent may have the wider shape)."""
    if isinstance(value, Dual):
        a, b = shape_of(value.primal), shape_of(value.tangent)
        return max(a[0], b[0]), max(a[1], b[1])
    return value.shape[-2], value.shape[-1]


def is_scalar(value: Value) -> bool:
    """Whether it is a number (for all indices and samples)."""
    return shape_of(value) == (1, 1)


def transpose(value: Value) -> Value:
    """Rows and columns exchanged."""
    return linear(lambda x: np.swapaxes(x, -1, -2), value)


def total(value: Value) -> Value:
    """The sum of all entries."""
    rows, columns = shape_of(value)
    return linear(
        lambda x: np.broadcast_to(x, (*x.shape[:-2], rows, columns)).sum((-1, -2), keepdims=True), value
    )


def matmul(a: Value, b: Value) -> Value:
    """The matrix product."""
    if shape_of(a)[1] != shape_of(b)[0]:
        raise ShapeError(f"{_text(a)} cannot be multiplied by {_text(b)}")
    return bilinear(_matmul, a, b)


def _matmul(a: Array, b: Array) -> Array:
    """NumPy's, but a tangent that vanishes may be a single zero."""
    if a.shape[-1] == b.shape[-2]:
        return np.matmul(a, b)
    return np.zeros((1, 1, 1))


def _text(value: Value) -> str:
    rows, columns = shape_of(value)
    return f"{rows} × {columns}"


def aligned(a: Value, b: Value) -> None:
    """Insist that two values can be added: equal shapes, or one a number."""
    if shape_of(a) != shape_of(b) and not is_scalar(a) and not is_scalar(b):
        raise ShapeError(f"{_text(a)} and {_text(b)} cannot be added")


def spread(a: Value, b: Value) -> tuple[Value, Value]:
    """A matrix, and a vector with as many rows or columns written out for all its columns or rows."""
    (rows, columns), other = shape_of(a), shape_of(b)
    if rows > 1 and columns > 1 and other in ((rows, 1), (1, columns)):
        return a, linear(lambda x: np.broadcast_to(x, (*x.shape[:-2], rows, columns)), b)
    return a, b


def product(a: Value, b: Value, sign: str) -> Value:
    """What the product sign between two values means for their shapes."""
    if sign == ":·":
        aligned(a, b)
        return total(multiply(a, b))
    if is_scalar(a) or is_scalar(b):
        return multiply(a, b)
    if sign in (r"\odot", "*", r"\times"):
        aligned(a, b)
        return multiply(a, b)
    if sign == r"\cdot" and shape_of(a)[1] == 1 == shape_of(b)[1]:
        return matmul(transpose(a), b)
    if sign == r"\cdot" and shape_of(a)[0] == 1 == shape_of(b)[0]:
        return matmul(a, transpose(b))
    if sign == r"\otimes":
        columns = shape_of(a)[1] == 1 == shape_of(b)[1]
        return matmul(a, transpose(b)) if columns else kronecker(a, b)
    return matmul(a, b)


def kronecker(a: Value, b: Value) -> Value:
    """The block matrix of all products of an entry of a with b."""

    def product_of(x: Array, y: Array) -> Array:
        blocks = x[..., :, np.newaxis, :, np.newaxis] * y[..., np.newaxis, :, np.newaxis, :]
        rows, columns = x.shape[-2] * y.shape[-2], x.shape[-1] * y.shape[-1]
        return blocks.reshape(*blocks.shape[:-4], rows, columns)

    return bilinear(product_of, a, b)


def vectorised(value: Value) -> Value:
    """The columns of a matrix one below the other."""
    return linear(lambda x: np.swapaxes(x, -1, -2).reshape(*x.shape[:-2], -1, 1), value)


def eye(n: int) -> Array:
    """The identity matrix."""
    return np.eye(n)[np.newaxis]


def trace(value: Value) -> Value:
    """The sum of the diagonal."""
    rows, columns = shape_of(value)
    if rows != columns:
        raise ShapeError(f"the trace of a {rows} × {columns} matrix")
    return total(multiply(value, eye(rows)))


def diagonal(value: Value) -> Value:
    """A vector as a diagonal matrix, or the diagonal of a matrix as a vector."""
    rows, columns = shape_of(value)
    if columns == 1:
        return multiply(value, eye(rows))
    ones = np.ones((1, columns, 1))
    return matmul(multiply(value, eye(rows)), ones)


def inverse(value: Value) -> Value:
    """The inverse of a square matrix; its derivative is −A⁻¹ dA A⁻¹."""
    rows, columns = shape_of(value)
    if rows != columns:
        raise ShapeError(f"the inverse of a {rows} × {columns} matrix")
    if isinstance(value, Dual):
        inner = inverse(value.primal)
        return Dual(value.tag, inner, negative(matmul(matmul(inner, value.tangent), inner)))
    return _solve(value)


def determinant(value: Value) -> Value:
    """The determinant; its derivative is det(A)·tr(A⁻¹ dA)."""
    rows, columns = shape_of(value)
    if rows != columns:
        raise ShapeError(f"the determinant of a {rows} × {columns} matrix")
    if isinstance(value, Dual):
        inner = determinant(value.primal)
        return Dual(value.tag, inner, multiply(inner, trace(matmul(inverse(value.primal), value.tangent))))
    return _determinant(value)


def _solve(matrix: Array) -> Array:
    if matrix.dtype != object:
        try:
            found = np.linalg.inv(matrix)
        except np.linalg.LinAlgError:
            return np.full_like(matrix, np.nan)
        size = [np.abs(each).sum(-1).max(-1)[..., np.newaxis, np.newaxis] for each in (matrix, found)]
        return np.where(size[0] * size[1] < SINGULAR, found, np.nan)
    return _eliminate(matrix)[0]


def _determinant(matrix: Array) -> Array:
    if matrix.dtype != object:
        return np.linalg.det(matrix)[..., np.newaxis, np.newaxis]
    return _eliminate(matrix)[1]


def _eliminate(matrix: Array) -> tuple[Array, Array]:
    """Inverse and determinant by Gauss-Jordan without pivoting, for mpmath's numbers."""
    n = matrix.shape[-1]
    left: Any = matrix.copy()
    right: Any = np.broadcast_to(np.eye(n), matrix.shape).astype(object)
    det: Any = left[..., :1, :1] * 0 + 1
    for k in range(n):
        pivot = left[..., k : k + 1, k : k + 1]
        det = det * pivot
        row_l, row_r = left[..., k : k + 1, :] / pivot, right[..., k : k + 1, :] / pivot
        factor = left[..., :, k : k + 1].copy()
        factor[..., k, :] = 0
        left, right = left - factor * row_l, right - factor * row_r
        left[..., k : k + 1, :], right[..., k : k + 1, :] = row_l, row_r
    return right, det


def norm(value: Value, order: float | None) -> Value:
    """The Euclidean norm (of a matrix, Frobenius'), or the sum of magnitudes for order 1."""
    if order == 1:
        return total(FUNCTIONS["abs"](value))
    return FUNCTIONS["sqrt"](total(multiply(value, value)))


def softmax(value: Value) -> Value:
    """e^z / Σ e^z down each column, or along a single row."""
    if shape_of(value)[0] == 1 < shape_of(value)[1]:
        return transpose(softmax(transpose(value)))
    powers = exp(value)
    ones = np.ones((1, 1, shape_of(value)[0]))
    return multiply(powers, reciprocal(bilinear(np.matmul, ones, powers)))


def logsumexp(value: Value) -> Value:
    """log Σ e^z."""
    return log(total(exp(value)))


def stacked(columns: list[list[Value]]) -> Value:
    """A matrix from its entries."""
    whole: Value | None = None
    for r, row in enumerate(columns):
        for c, entry in enumerate(row):
            place = np.zeros((1, len(columns), len(row)))
            place[0, r, c] = 1
            term = multiply(entry, place)
            whole = term if whole is None else add(whole, term)
    assert whole is not None
    return whole


def finite(value: Value) -> bool:
    """Whether all entries are finite numbers."""
    array = plain(value)
    if array.dtype == object:
        return all(bool(np.isfinite(float(entry))) for entry in array.ravel())
    return bool(np.all(np.isfinite(array)))
