"""The two products of a linear model on a row of CSR data.

Conventions
-----------
data, indices : the row's numbers x_j and their columns d_j, at [start, stop)
W, dW (D, F) weights with one row a feature, Z and dZ (n, F) logits of a block of rows.

    Z[i]     = Σ_j x_j W[d_j]          the lanes run along the classes, and the sums stay in registers
    dW[d_j] += x_j dZ[i]               dZ[i] stays in registers
"""

from __future__ import annotations

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import cgutils, types
from pminusy.kernels.plain import primitive
from pminusy.kernels.vectors import VectorCode, vector_lanes

_VECTORS = 4  # of classes at a time


def _entries(code, start, stop, data, indices, W):
    """Over the row's entries: the number, spread over a vector, and its row of W."""
    builder = code.builder
    one = code.index(1)
    with cgutils.for_range_slice(builder, start, stop, one, inc=True) as (entry, _):
        number = builder.load(builder.gep(data.data, [entry]))
        column = builder.load(builder.gep(indices.data, [entry]))
        yield code.spread(number), code.row(W, builder.sext(column, one.type))


@primitive(plain.gather)
def _gather(typingctx, data, indices, start, stop, W, Z, i, first_class, n_vectors):
    """Z[i, first_class:] = Σ_j data[j] W[indices[j], first_class:], start ≤ j < stop, n_vectors ≤ 4 wide."""

    def build(context, builder, signature, arguments):
        code = VectorCode(context, builder, W.dtype)
        data_array, index_array = code.array(data, arguments[0]), code.array(indices, arguments[1])
        w, z = code.array(W, arguments[4]), code.array(Z, arguments[5])
        n_classes = builder.extract_value(w.shape, 1)

        def group(size):
            columns = [builder.add(arguments[7], code.index(v * code.lanes)) for v in range(size)]
            masks = [code.mask(builder.sub(n_classes, column)) for column in columns]
            sums = [cgutils.alloca_once(builder, code.vector) for _ in columns]
            for total in sums:
                builder.store(code.zero, total)
            for number, row in _entries(code, arguments[2], arguments[3], data_array, index_array, w):
                for column, mask, total in zip(columns, masks, sums, strict=True):
                    code.add_product(code.load_masked(row, column, mask), number, total)
            out = code.row(z, arguments[6])
            for column, mask, total in zip(columns, masks, sums, strict=True):
                code.store_masked(builder.load(total), out, column, mask)

        code.for_size(arguments[8], _VECTORS, group)
        return context.get_dummy_value()

    return types.void(data, indices, start, stop, W, Z, i, first_class, n_vectors), build


@primitive(plain.scatter)
def _scatter(typingctx, data, indices, start, stop, dZ, i, dW, first_class, n_vectors):
    """dW[indices[j], first_class:] += data[j] dZ[i, first_class:], start ≤ j < stop, n_vectors ≤ 4 wide."""

    def build(context, builder, signature, arguments):
        code = VectorCode(context, builder, dW.dtype)
        data_array, index_array = code.array(data, arguments[0]), code.array(indices, arguments[1])
        dz, dw = code.array(dZ, arguments[4]), code.array(dW, arguments[6])
        n_classes = builder.extract_value(dw.shape, 1)
        gradient = code.row(dz, arguments[5])

        def group(size):
            columns = [builder.add(arguments[7], code.index(v * code.lanes)) for v in range(size)]
            masks = [code.mask(builder.sub(n_classes, column)) for column in columns]
            vectors = [
                code.load_masked(gradient, column, mask) for column, mask in zip(columns, masks, strict=True)
            ]
            for number, row in _entries(code, arguments[2], arguments[3], data_array, index_array, dw):
                for column, mask, vector in zip(columns, masks, vectors, strict=True):
                    total = cgutils.alloca_once(builder, code.vector)
                    builder.store(code.load_masked(row, column, mask), total)
                    code.add_product(vector, number, total)
                    code.store_masked(builder.load(total), row, column, mask)

        code.for_size(arguments[8], _VECTORS, group)
        return context.get_dummy_value()

    return types.void(data, indices, start, stop, dZ, i, dW, first_class, n_vectors), build


@primitive(plain.lanes)
def _lanes(typingctx, W):
    """How many classes a vector holds."""

    def build(context, builder, signature, arguments):
        return context.get_constant(types.intp, vector_lanes(W.dtype))

    return types.intp(W), build


@helper
def sparse_row_products(data, indices, indptr, first, n_rows, W, Z):
    """Z[:n_rows] = X[first : first + n_rows] W."""
    n_vectors = -(-W.shape[1] // _lanes(W))
    for i in range(n_rows):
        start, stop = indptr[first + i], indptr[first + i + 1]
        for vector in range(0, n_vectors, _VECTORS):
            width = min(_VECTORS, n_vectors - vector)
            _gather(data, indices, start, stop, W, Z, i, vector * _lanes(W), width)


@helper
def add_sparse_outer_products(data, indices, indptr, first, n_rows, dZ, dW):
    """dW += X[first : first + n_rows]ᵀ dZ[:n_rows]."""
    n_vectors = -(-dW.shape[1] // _lanes(dW))
    for i in range(n_rows):
        start, stop = indptr[first + i], indptr[first + i + 1]
        for vector in range(0, n_vectors, _VECTORS):
            width = min(_VECTORS, n_vectors - vector)
            _scatter(data, indices, start, stop, dZ, i, dW, vector * _lanes(dW), width)
