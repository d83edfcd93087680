"""A sum of squares in float64, of numbers of either dtype.

Four vectors of sums take turns, so that no addition waits for the one before.
"""

from __future__ import annotations

from pminusy.kernels import plain
from pminusy.kernels.machine.compiler import cgutils, types
from pminusy.kernels.plain import primitive
from pminusy.kernels.vectors import VectorCode

_SUMS = 4


@primitive(plain.sum_of_squares)
def sum_of_squares(typingctx, x):
    """Σ x_i² of a contiguous vector."""

    def build(context, builder, signature, values):
        wide = VectorCode(context, builder, types.float64)
        narrow = VectorCode(context, builder, x.dtype, wide.lanes)
        array = narrow.array(x, values[0])
        n, lanes = builder.extract_value(array.shape, 0), wide.lanes
        sums = [cgutils.alloca_once_value(builder, wide.zero) for _ in range(_SUMS)]

        def add(vector, total):
            vector = vector if x.dtype == types.float64 else builder.fpext(vector, wide.vector)
            wide.add_product(vector, vector, total)

        whole = builder.sub(n, builder.srem(n, wide.index(_SUMS * lanes)))
        with cgutils.for_range_slice(builder, wide.index(0), whole, wide.index(_SUMS * lanes), inc=True) as (
            i,
            _,
        ):
            for number, total in enumerate(sums):
                add(narrow.load(array.data, builder.add(i, wide.index(number * lanes))), total)
        with cgutils.for_range_slice(builder, whole, n, wide.index(lanes), inc=True) as (i, _):
            add(narrow.load_masked(array.data, i, narrow.mask(builder.sub(n, i))), sums[0])
        a, b, c, d = (builder.load(total) for total in sums)
        return wide.lane_sum(builder.fadd(builder.fadd(a, b), builder.fadd(c, d)))

    return types.float64(x), build
