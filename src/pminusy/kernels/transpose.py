"""The transpose of a matrix, a square of vectors at a time."""

from __future__ import annotations

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import types
from pminusy.kernels.matmul import lanes_of
from pminusy.kernels.plain import primitive
from pminusy.kernels.vectors import VectorCode


@primitive(plain.turn)
def _turn(typingctx, A, row, column, out):
    """out[row + i, column + j] = A[column + j, row + i], i and j below the number of lanes.

    Two vectors that are 1, 2, 4, … rows apart exchange those of their elements that are as many columns apart.
    """

    def build(context, builder, signature, arguments):
        code = VectorCode(context, builder, out.dtype)
        a, b = (code.array(kind, arguments[number]) for kind, number in ((A, 0), (out, 3)))
        row, column = arguments[1:3]
        numbers = [code.index(i) for i in range(code.lanes)]
        vectors = [code.load(code.row(a, builder.add(column, number)), row) for number in numbers]
        apart = 1
        while apart < code.lanes:
            low = [j if not j & apart else code.lanes + j - apart for j in range(code.lanes)]
            high = [j + apart if not j & apart else code.lanes + j for j in range(code.lanes)]
            for i in range(code.lanes):
                if not i & apart:
                    pair = vectors[i], vectors[i | apart]
                    vectors[i], vectors[i | apart] = code.shuffle(*pair, low), code.shuffle(*pair, high)
            apart *= 2
        for number, vector in zip(numbers, vectors, strict=True):
            code.store(vector, code.row(b, builder.add(row, number)), column)
        return context.get_dummy_value()

    return types.void(A, row, column, out), build


@helper
def transpose(A, first, last, out):
    """out[first:last] = Aᵀ[first:last]."""
    lanes = lanes_of(out)
    rows, columns = first + (last - first) // lanes * lanes, A.shape[0] // lanes * lanes
    for row in range(first, rows, lanes):
        for column in range(0, columns, lanes):
            _turn(A, row, column, out)
    for row in range(first, last):
        for column in range(columns if row < rows else 0, A.shape[0]):
            out[row, column] = A[column, row]
