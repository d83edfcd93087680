import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pminusy.kernels.kinds import Integers, Vector
from pminusy.kernels.operations import operation
from pminusy.kernels.panels import n_blocks, panel, rectangle
from pminusy.nn.program import each_part

SIZES = {name: st.integers(1, 40) for name in ("n_rows", "n_columns", "rows", "width")}


def blocks(n_rows, n_columns, rows, width):
    """The bounds of all blocks, one by one."""
    return [
        (top, min(n_rows, top + rows), left, min(n_columns, left + width))
        for left in range(0, n_columns, width)
        for top in range(0, n_rows, rows)
    ]


@given(**SIZES, cut=st.integers(0, 1600))
def test_rectangles_are_the_blocks_one_below_the_other(n_rows, n_columns, rows, width, cut):
    expected = blocks(n_rows, n_columns, rows, width)
    n = n_blocks(n_rows, n_columns, rows, width)
    assert n == len(expected)
    cut = min(cut, n)
    for first, last in ((0, cut), (cut, n)):
        while first < last:
            top, bottom, left, right, stop = rectangle(n_rows, n_columns, rows, width, first, last)
            assert expected[first][0] == top
            assert expected[stop - 1][1] == bottom
            assert {block[2:] for block in expected[first:stop]} == {(left, right)}
            assert stop == last or expected[stop][2] != left
            first = stop


@operation
def fill(sizes: Integers, memory: Vector, step, first, last):
    """Give the numbers of each block its number."""
    n_rows, n_columns, rows, width = sizes
    for number in range(first, last):
        top, bottom, left, right, _ = rectangle(n_rows, n_columns, rows, width, number, number + 1)
        block = panel(memory, n_rows, left, right)[top:bottom]
        for i in range(block.shape[0]):
            for j in range(block.shape[1]):
                block[i, j] = number


@given(**SIZES)
def test_panels_lie_one_behind_the_other(n_rows, n_columns, rows, width):
    memory, expected = np.full(n_rows * n_columns, -1.0), np.empty((n_rows, n_columns))
    sizes = n_rows, n_columns, rows, width
    each_part(fill, n_blocks(*sizes), np.array(sizes), memory)
    for number, (top, bottom, left, right) in enumerate(blocks(*sizes)):
        expected[top:bottom, left:right] = number
    panels = [expected[:, left : left + width] for left in range(0, n_columns, width)]
    np.testing.assert_array_equal(memory, np.concatenate([columns.ravel() for columns in panels]))
