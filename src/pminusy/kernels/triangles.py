"""Inverses of Cholesky factors, one for each class: made, packed into 16 bits a number, and multiplied with.

A symmetric positive definite A is scaled to C = D A D, whose diagonal is 1. With C = L Lᵀ and T = L⁻¹, a lower
triangle, A⁻¹ = D TᵀT D. The rows of T lie one after the other, row i with its i + 1 numbers and zeros up to a multiple
of LANES. One walk over T does both products, since u_i = ⟨T_i, x⟩ needs row i alone, and so does the share u_i T_i of
Tᵀu.

A row is kept as whole numbers and one step: T_i ≈ step_i q_i with |q_ij| ≤ 32767. As C has ones on its diagonal, no
row of T is large because of a column's scale, and a preconditioner needs no more digits: a quarter of a square of
float32. TᵀT is positive semidefinite whatever the rounding of T.
"""

from __future__ import annotations

import functools
from typing import Annotated, Any

import numpy as np

from pminusy.kernels import plain
from pminusy.kernels.blas import potrf, trtri
from pminusy.kernels.compile import helper, kernel, shared
from pminusy.kernels.floats import clear
from pminusy.kernels.kinds import ArrayKind, Double, Index, Int32s, Matrix
from pminusy.kernels.machine.compiler import cgutils, ir
from pminusy.kernels.plain import primitive
from pminusy.kernels.vectors import VectorCode

LANES = 16
MOST_STEPS = 32767
_SUMS = 4  # vectors that sum up independently


Packed = Annotated[np.ndarray[Any, Any], ArrayKind(2, np.dtype(np.int16))]


@shared
def whole_lanes(n):
    """N rounded up to whole lanes."""
    return (n + LANES - 1) // LANES * LANES


def packed_size(size: int) -> int:
    """How many numbers a packed triangle of so many rows has."""
    return sum(whole_lanes(i + 1) for i in range(size))


@helper
def _scale_to_unit_diagonal(A, scales, ridge):
    """The lower triangle of D A D + ridge, with D = diag(scales); a diagonal of 0 becomes 1 as well."""
    for i in range(scales.size):
        scales[i] = 1.0 / A[i, i] ** 0.5 if A[i, i] > 0 else 1.0
        for j in range(i):
            A[i, j] *= scales[i] * scales[j]
        A[i, i] = 1.0 + ridge


@helper
def _largest(x, lanes):
    """max |x_j|, in several lanes at a time."""
    clear(lanes, LANES)
    whole = x.size // LANES * LANES
    for j in range(0, whole, LANES):
        for lane in range(LANES):
            lanes[lane] = abs(x[j + lane]) if abs(x[j + lane]) > lanes[lane] else lanes[lane]
    top = lanes[0]
    for lane in range(1, LANES):
        top = max(top, lanes[lane])
    for j in range(whole, x.size):
        top = max(top, abs(x[j]))
    return top


@helper
def _pack_row(row, packed, lanes):
    """The start of packed = row in whole steps; the step."""
    real = row.dtype.type
    step = _largest(row, lanes) / real(MOST_STEPS)
    for j in range(row.size):
        number = row[j] / step
        packed[j] = np.int32(number + (real(0.5) if number > 0 else real(-0.5)))
    return step


@kernel
def pack_inverse_factor(
    potrf_address: Index,
    trtri_address: Index,
    A: Matrix,
    ridge: Double,
    scales: Matrix,
    packed: Packed,
    steps: Matrix,
    scratch: Matrix,
    info: Int32s,
    k: Index,
):
    """Row k of scales, packed and steps, from A's lower triangle, which is overwritten; info[0] is 0 if it worked."""
    _scale_to_unit_diagonal(A, scales[k], ridge)
    potrf(potrf_address, A, info)
    if info[0] != 0:
        return
    trtri(trtri_address, A, info)
    first = 0
    for i in range(A.shape[0]):
        last = first + whole_lanes(i + 1)
        steps[k, i] = _pack_row(A[i, : i + 1], packed[k, first:last], scratch[0])
        first = last


@primitive(plain.dot)
def _dot(typingctx, q, x):
    """⟨q, x⟩ for whole lanes of numbers."""

    def build(context, builder, signature, arguments):
        code = VectorCode(context, builder, x.dtype)
        packed, vector = code.array(q, arguments[0]), code.array(x, arguments[1])
        several = _SUMS * code.lanes
        n = builder.extract_value(vector.shape, 0)
        whole = builder.and_(n, code.index(-several))
        sums = [cgutils.alloca_once(builder, code.vector) for _ in range(_SUMS)]
        integers = ir.VectorType(ir.IntType(16), code.lanes).as_pointer()

        def add(start, stop, totals):
            step = code.index(len(totals) * code.lanes)
            with cgutils.for_range_slice(builder, start, stop, step, inc=True) as (first, _):
                for number, total in enumerate(totals):
                    column = builder.add(first, code.index(number * code.lanes))
                    pointer = builder.bitcast(builder.gep(packed.data, [column]), integers)
                    numbers = builder.sitofp(builder.load(pointer, align=2), code.vector)
                    code.add_product(numbers, code.load(vector.data, column), total)

        for total in sums:
            builder.store(code.zero, total)
        add(code.index(0), whole, sums)
        add(whole, n, sums[:1])
        return code.lane_sum(functools.reduce(builder.fadd, map(builder.load, sums)))

    return x.dtype(q, x), build


@kernel
def inverse_products(packed: Packed, steps: Matrix, X: Matrix, out: Matrix, start: Index, stop: Index):
    """out[k] = TᵀT x for x = X[k], with T the k-th row of `packed` and `steps`, or their only row.

    X and out have zeros after their rows' `steps.shape[1]` numbers, up to whole lanes.
    """
    for k in range(start, stop):
        own, first = min(k, packed.shape[0] - 1), 0
        clear(out[k], X.shape[1])
        for i in range(steps.shape[1]):
            last = first + whole_lanes(i + 1)
            row, x, y = packed[own, first:last], X[k, : last - first], out[k, : last - first]
            u = steps[own, i] * steps[own, i] * _dot(row, x)
            for j in range(row.size):
                y[j] += u * x.dtype.type(row[j])
            first = last
