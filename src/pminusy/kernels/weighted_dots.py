"""Sums over the rows of a column, for steps of one weight in a softmax model: see `coordinate_descent.py`.

    weighted_dot:   Σ_i x_i p_i (u_i − s_i)
    curvature_dot:  Σ_i x_i² p_i (1 − p_i)

Four vectors of sums take turns, so that no addition waits for the one before.
"""

from __future__ import annotations

from pminusy.kernels import plain
from pminusy.kernels.machine.compiler import cgutils
from pminusy.kernels.plain import primitive
from pminusy.kernels.vectors import VectorCode

_SUMS = 4


def _sum_of(element, terms):
    """Builds the sum, over vectors of the arrays' elements, of the pairs of factors that `terms` makes of them."""

    def build(context, builder, signature, values):
        code = VectorCode(context, builder, element)
        arrays = [code.array(kind, value) for kind, value in zip(signature.args, values, strict=True)]
        n, lanes = builder.extract_value(arrays[0].shape, 0), code.lanes
        sums = [cgutils.alloca_once_value(builder, code.zero) for _ in range(_SUMS)]
        whole = builder.sub(n, builder.srem(n, code.index(_SUMS * lanes)))
        step = code.index(_SUMS * lanes)
        with cgutils.for_range_slice(builder, code.index(0), whole, step, inc=True) as (i, _):
            for number, total in enumerate(sums):
                place = builder.add(i, code.index(number * lanes))
                vectors = [code.load(array.data, place) for array in arrays]
                a, b = terms(builder, *vectors)
                code.add_product(a, b, total)
        with cgutils.for_range_slice(builder, whole, n, code.index(lanes), inc=True) as (i, _):
            mask = code.mask(builder.sub(n, i))
            vectors = [code.load_masked(array.data, i, mask) for array in arrays]
            a, b = terms(builder, *vectors)
            code.add_product(a, b, sums[0])
        a, b, c, d = (builder.load(total) for total in sums)
        return code.lane_sum(builder.fadd(builder.fadd(a, b), builder.fadd(c, d)))

    return build


@primitive(plain.weighted_dot)
def weighted_dot(typingctx, x, p, u, s):
    """Σ_i x_i p_i (u_i − s_i) of contiguous vectors."""

    def terms(builder, x, p, u, s):
        return builder.fmul(x, p), builder.fsub(u, s)

    return x.dtype(x, p, u, s), _sum_of(x.dtype, terms)


@primitive(plain.curvature_dot)
def curvature_dot(typingctx, x, p):
    """Σ_i x_i² p_i (1 − p_i) of contiguous vectors."""

    def terms(builder, x, p):
        product = builder.fmul(x, p)
        return product, builder.fsub(x, product)

    return x.dtype(x, p), _sum_of(x.dtype, terms)
