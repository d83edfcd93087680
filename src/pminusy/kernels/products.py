"""The two products of a linear model on a block of rows, blocked in registers.

Conventions
-----------
X (N, D) dense samples, W and dW (F, D) weights with one row a class, Z and dZ (n, F) logits of a block of n rows.

    Z[i, k]   = Σ_d X[first + i, d] W[k, d]          each Z a dot product of two rows: the lanes run along d
    dW[k, d] += Σ_i dZ[i, k] X[first + i, d]         the lanes run along d again

A matrix of a few rows is the shape that BLAS libraries are worst at. Here every class of a group, times four rows of X
or four vectors of columns, has a register of its own that sums up; each load feeds several of them. A block's sum is
complete before it is added to dW, which keeps the rounding error of a long sum small.
"""

from __future__ import annotations

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import cgutils, types
from pminusy.kernels.plain import primitive
from pminusy.kernels.vectors import GROUP, VectorCode, vector_lanes

_ROWS = 4  # of X at a time in the first product; vectors of columns in the second


@primitive(plain.dots)
def _dots(typingctx, X, rows, W, first_class, n_classes, Z, first):
    """Z[first + i, first_class + j] = Σ_d X[rows[i], d] W[first_class + j, d], i < 4, j < n_classes ≤ GROUP."""

    def build(context, builder, signature, arguments):
        code = VectorCode(context, builder, X.dtype)
        x, w, z = (code.array(kind, arguments[number]) for kind, number in ((X, 0), (W, 2), (Z, 5)))
        xs = [code.row(x, builder.extract_value(arguments[1], i)) for i in range(_ROWS)]
        n_columns = builder.extract_value(x.shape, 1)
        whole = builder.and_(n_columns, code.index(-code.lanes))
        mask = code.mask(builder.sub(n_columns, whole))

        def group(size):
            classes = [builder.add(arguments[3], code.index(j)) for j in range(size)]
            ws = [code.row(w, number) for number in classes]
            sums = [[cgutils.alloca_once_value(builder, code.zero) for _ in ws] for _ in xs]

            def add(x_vectors, w_vectors):
                for x_vector, row_sums in zip(x_vectors, sums, strict=True):
                    for w_vector, total in zip(w_vectors, row_sums, strict=True):
                        code.add_product(x_vector, w_vector, total)

            for row_sums in sums:
                for total in row_sums:
                    builder.store(code.zero, total)
            step = code.index(code.lanes)
            with cgutils.for_range_slice(builder, code.index(0), whole, step, inc=True) as (column, _):
                add([code.load(row, column) for row in xs], [code.load(row, column) for row in ws])
            with builder.if_then(builder.icmp_signed("<", whole, n_columns)):
                add(*([code.load_masked(row, whole, mask) for row in rows] for rows in (xs, ws)))
            for i, row_sums in enumerate(sums):
                out = code.row(z, builder.add(arguments[6], code.index(i)))
                for number, total in zip(classes, row_sums, strict=True):
                    builder.store(code.lane_sum(builder.load(total)), builder.gep(out, [number]))

        code.for_size(arguments[4], GROUP, group)
        return context.get_dummy_value()

    return types.void(X, rows, W, first_class, n_classes, Z, first), build


@primitive(plain.outer)
def _outer(typingctx, X, first, n_rows, dZ, first_class, n_classes, dW, column):
    """dW[first_class + j, column:] += Σ_i dZ[i, first_class + j] X[first + i, column:], four vectors wide."""

    def build(context, builder, signature, arguments):
        code = VectorCode(context, builder, X.dtype)
        x, dz, dw = (code.array(kind, arguments[number]) for kind, number in ((X, 0), (dZ, 3), (dW, 6)))
        columns = [builder.add(arguments[7], code.index(v * code.lanes)) for v in range(_ROWS)]
        n_columns = builder.extract_value(x.shape, 1)
        masks = [code.mask(builder.sub(n_columns, column)) for column in columns]

        def group(size):
            classes = [builder.add(arguments[4], code.index(j)) for j in range(size)]
            outs = [code.row(dw, number) for number in classes]
            sums = [[cgutils.alloca_once(builder, code.vector) for _ in columns] for _ in outs]

            def each(act):
                for out, class_sums in zip(outs, sums, strict=True):
                    for column, mask, total in zip(columns, masks, class_sums, strict=True):
                        act(out, column, mask, total)

            def add_to_total(out, column, mask, block_sum):
                total = builder.fadd(code.load_masked(out, column, mask), builder.load(block_sum))
                code.store_masked(total, out, column, mask)

            def add_rows():
                with cgutils.for_range(builder, arguments[2]) as loop:
                    row = code.row(x, builder.add(arguments[1], loop.index))
                    gradient = code.row(dz, loop.index)
                    vectors = [code.load_masked(row, *place) for place in zip(columns, masks, strict=True)]
                    for number, class_sums in zip(classes, sums, strict=True):
                        factor = code.spread(builder.load(builder.gep(gradient, [number])))
                        for vector, total in zip(vectors, class_sums, strict=True):
                            code.add_product(vector, factor, total)

            each(lambda *place: builder.store(code.zero, place[3]))
            add_rows()
            each(add_to_total)

        code.for_size(arguments[5], GROUP, group)
        return context.get_dummy_value()

    return types.void(X, first, n_rows, dZ, first_class, n_classes, dW, column), build


@primitive(plain.outer_width)
def _outer_width(typingctx, X):
    """How many columns `_outer` covers."""

    def build(context, builder, signature, arguments):
        return context.get_constant(types.intp, _ROWS * vector_lanes(X.dtype))

    return types.intp(X), build


@helper
def row_products(X, first, n_rows, W, Z):
    """Z[:n_rows] = X[first : first + n_rows] Wᵀ; Z has room for n_rows rounded up to a multiple of four."""
    last = first + n_rows - 1
    n_groups = -(-W.shape[0] // GROUP)
    for i in range(0, n_rows, _ROWS):
        row = first + i
        rows = (row, min(row + 1, last), min(row + 2, last), min(row + 3, last))
        for group in range(n_groups):
            start, stop = W.shape[0] * group // n_groups, W.shape[0] * (group + 1) // n_groups
            _dots(X, rows, W, start, stop - start, Z, i)


@helper
def add_outer_products(X, first, n_rows, dZ, dW):
    """dW += dZ[:n_rows]ᵀ X[first : first + n_rows]."""
    n_groups = -(-dW.shape[0] // GROUP)
    for column in range(0, X.shape[1], _outer_width(X)):
        for group in range(n_groups):
            start, stop = dW.shape[0] * group // n_groups, dW.shape[0] * (group + 1) // n_groups
            _outer(X, first, n_rows, dZ, start, stop - start, dW, column)
