"""A matrix in panels: strips of columns, each contiguous, one behind the other in memory.

With a width of all columns, that is the matrix row by row. Blocks of a matrix are numbered down the first panel, then
down the next, so that a thread that does neighbouring numbers stays in few panels.
"""

from __future__ import annotations

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import arrays, types
from pminusy.kernels.plain import primitive


@primitive(plain.panel)
def panel(typingctx, memory, n_rows, left, right):
    """The panel with columns left to before right, as a matrix."""
    kind = types.Array(memory.dtype, 2, "C")

    def build(context, builder, signature, values):
        n_rows, left, right = values[1:]
        whole = arrays.make_array(memory)(context, builder, values[0])
        n_columns, itemsize = builder.sub(right, left), whole.itemsize
        array = arrays.make_array(kind)(context, builder)
        arrays.populate_array(
            array,
            data=builder.gep(whole.data, [builder.mul(n_rows, left)]),
            shape=[n_rows, n_columns],
            strides=[builder.mul(n_columns, itemsize), itemsize],
            itemsize=itemsize,
            meminfo=None,
        )
        return array._getvalue()

    return kind(memory, types.intp, types.intp, types.intp), build


@helper
def rectangle(n_rows, n_columns, rows, width, first, last):
    """The bounds (top, bottom, left, right) of blocks first to before `stop` ≤ last, which lie in one panel; `stop`.

    Blocks have so many rows; those at the lower edge may have fewer.
    """
    per_panel = -(-n_rows // rows)
    number, above = first // per_panel, first % per_panel
    stop = min(last, (number + 1) * per_panel)
    bottom, right = (above + stop - first) * rows, (number + 1) * width
    return above * rows, min(n_rows, bottom), number * width, min(n_columns, right), stop


def n_blocks(n_rows: int, n_columns: int, rows: int, width: int) -> int:
    """How many blocks of so many rows a matrix in panels of this width has."""
    return -(-n_rows // rows) * -(-n_columns // width)
