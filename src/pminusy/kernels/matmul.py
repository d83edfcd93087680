"""A block of rows of a matrix product, blocked in registers.

Conventions: C (M, N) = start + A·B with A (M, K), B (K, N). The last axes of B, C and `start` are contiguous; A may
have any strides, so that it can be a transpose. `start` has as many rows as C, or one row for all (a bias).

A and C may also lie scattered in a vector, as the overlapping windows of an image do: A = (vector, rows, steps) has
A[i, k] = vector[rows[i] + steps[k]], and C = (vector, rows) has C[i, j] = vector[rows[i] + j].

A tile of C, some rows by up to four vectors of columns, has a register for each of its vectors; a half tile serves the
last few rows. Each step along K loads the vectors of one row of B and spreads one number of each row of A over the
lanes. Every element of C is one chain of fused multiply-adds in the order of K, whatever tile it lies in: how the rows
and columns of C are shared out between calls changes no bit of it.
"""

from __future__ import annotations

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import cgutils, types
from pminusy.kernels.plain import primitive
from pminusy.kernels.vectors import REGISTERS, VectorCode, vector_lanes

# Rows of a tile that is one vector wide, two, …: its sums, a row of B and the numbers of A fit into the registers. No
# more than eight: where rows of A are 4096 bytes apart, more would not stay together in the first-level cache.
_TILE_ROWS = (8, 8, 8, 6) if REGISTERS == 32 else (8, 6)
_VECTORS = len(_TILE_ROWS)
_ALONG = 1024  # of K at a time: as many rows of four vectors stay in the second-level cache


def _addresses(code, array, first, further, stride=None):
    """Where the rows of an array begin: `first`, and the ones after it as long as `further` says that there are more.

    After the last row comes the last row again.
    """
    builder = code.builder
    stride = stride or builder.extract_value(array.strides, 0)
    address = builder.add(builder.ptrtoint(array.data, stride.type), builder.mul(first, stride))
    yield address
    for more in further:
        address = builder.add(address, builder.select(more, stride, code.index(0)))
        yield address


def _rows(code, kind, value, first, further):
    """Pointers to consecutive rows."""
    builder = code.builder
    if isinstance(kind, types.BaseTuple):
        vector, rows = (code.array(kind[i], builder.extract_value(value, i)) for i in (0, 1))
        entry = code.index(0).type.as_pointer()
        for address in _addresses(code, rows, first, further):
            yield builder.gep(vector.data, [builder.load(builder.inttoptr(address, entry))])
    else:
        array = code.array(kind, value)
        one_for_all = builder.icmp_signed("==", builder.extract_value(array.shape, 0), code.index(1))
        stride = builder.select(one_for_all, code.index(0), builder.extract_value(array.strides, 0))
        for address in _addresses(code, array, first, further, stride):
            yield builder.inttoptr(address, code.real.as_pointer())


def _steps(code, kind, value):
    """A function from a place along K to the bytes that it lies behind the beginning of a row of A."""
    builder = code.builder
    if not isinstance(kind, types.BaseTuple):
        stride = builder.extract_value(code.array(kind, value).strides, 1)
        return lambda k: builder.mul(k, stride)
    steps, itemsize = code.array(kind[2], builder.extract_value(value, 2)), code.index(code.bits // 8)
    return lambda k: builder.mul(builder.load(builder.gep(steps.data, [k])), itemsize)


@primitive(plain.tile(_TILE_ROWS))
def _tile(typingctx, start, A, B, first, last, C, row, n_left, column, n_vectors):
    """C[row + i, column:] = start[…] + Σ_k A[row + i, k] B[k, column:], k from first to last, for a tile."""

    def build(context, builder, signature, arguments):
        code = VectorCode(context, builder, B.dtype)
        a_step = _steps(code, A, arguments[1])
        b = code.array(B, arguments[2])
        first_k, last_k, first_row, n_left, first_column = (arguments[i] for i in (3, 4, 6, 7, 8))

        def for_rows(size):
            """The smallest tile that the rows fit into."""
            whole = _TILE_ROWS[size - 1]
            with builder.if_else(builder.icmp_signed(">", n_left, code.index(whole // 2))) as (many, few):
                with many:
                    tile(size, whole)
                with few, builder.if_else(builder.icmp_signed(">", n_left, code.index(1))) as (some, one):
                    with some:
                        tile(size, whole // 2)
                    with one:
                        tile(size, 1)

        def tile(size, tile_rows):
            further = [builder.icmp_signed("<", code.index(i), n_left) for i in range(1, tile_rows)]
            start_rows, a_rows, c_rows = (
                list(_rows(code, kind, arguments[number], first_row, further))
                for kind, number in ((start, 0), (A, 1), (C, 5))
            )
            a_first, a_last, c_first, c_second = (
                builder.ptrtoint(row, code.index(0).type)
                for row in (a_rows[0], a_rows[-1], c_rows[0], c_rows[1 % tile_rows])
            )
            a_next = builder.add(a_last, builder.sub(a_last, a_first))  # as far on: about the next tile
            to_next_tile = builder.mul(builder.sub(c_second, c_first), code.index(tile_rows))
            columns = [builder.add(first_column, code.index(v * code.lanes)) for v in range(size)]
            mask = code.mask(builder.sub(builder.extract_value(b.shape, 1), columns[-1]))
            for c_row in c_rows:
                begin = builder.add(builder.ptrtoint(c_row, to_next_tile.type), to_next_tile)
                for column in columns:
                    code.prefetch(builder.inttoptr(begin, code.real.as_pointer()), column)
            sums = [[cgutils.alloca_once(builder, code.vector) for _ in columns] for _ in c_rows]

            def load(row):
                whole = [code.load(row, column) for column in columns[:-1]]
                return [*whole, code.load_masked(row, columns[-1], mask)]

            for start_row, row_sums in zip(start_rows, sums, strict=True):
                for vector, total in zip(load(start_row), row_sums, strict=True):
                    builder.store(vector, total)
            with cgutils.for_range_slice(builder, first_k, last_k, code.index(1), inc=True) as (k, _):
                b_row, offset = code.row(b, k), a_step(k)
                vectors = load(b_row)
                for column in columns:
                    code.prefetch(b_row, builder.add(column, code.index(size * code.lanes)))
                a_later = builder.inttoptr(builder.add(a_next, offset), code.real.as_pointer())
                code.prefetch(a_later, code.index(0))
                for a_row, row_sums in zip(a_rows, sums, strict=True):
                    begin = builder.ptrtoint(a_row, offset.type)
                    place = builder.inttoptr(builder.add(begin, offset), code.real.as_pointer())
                    factor = code.spread(builder.load(place))
                    for vector, total in zip(vectors, row_sums, strict=True):
                        code.add_product(vector, factor, total)
            for c_row, row_sums in zip(c_rows, sums, strict=True):
                for column, total in zip(columns[:-1], row_sums[:-1], strict=True):
                    code.store(builder.load(total), c_row, column)
                code.store_masked(builder.load(row_sums[-1]), c_row, columns[-1], mask)

        code.for_size(arguments[9], _VECTORS, for_rows)
        return context.get_dummy_value()

    return types.void(start, A, B, first, last, C, row, n_left, column, n_vectors), build


@primitive(plain.lanes)
def lanes_of(typingctx, array):
    """How many elements a vector holds."""

    def build(context, builder, signature, arguments):
        return context.get_constant(types.intp, vector_lanes(array.dtype))

    return types.intp(array), build


@helper
def product(start, A, B, C):
    """C = start + A·B."""
    rows_product(start, A, B, C, C.shape[0])


@helper
def rows_product(start, A, B, C, n_rows):
    """C = start + A·B for C of so many rows; A and C may be scattered."""
    lanes, n_columns = lanes_of(B), B.shape[1]
    for first in range(0, max(B.shape[0], 1), _ALONG):
        last = min(B.shape[0], first + _ALONG)
        for column in range(0, n_columns, _VECTORS * lanes):
            n_vectors = min(_VECTORS, -(-(n_columns - column) // lanes))
            tile_rows = _TILE_ROWS[n_vectors - 1]
            row = 0
            while row < n_rows:
                if first == 0:
                    _tile(start, A, B, first, last, C, row, n_rows - row, column, n_vectors)
                else:
                    _tile(C, A, B, first, last, C, row, n_rows - row, column, n_vectors)
                row += tile_rows
