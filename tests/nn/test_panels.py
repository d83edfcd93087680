import numpy as np
import pytest

from pminusy.kernels.panels import n_blocks
from pminusy.nn.panels import ROWS, WIDTH, Panels, cut, is_cut, memory_of, part_starts, width_of


@pytest.mark.parametrize("n_columns", [1, WIDTH, WIDTH + 1, 3 * WIDTH - 5])
def test_matrices_lie_in_panels_while_steps_are_run(rng, n_columns):
    W, panels = rng.standard_normal((7, n_columns)), Panels()
    before = W.copy()
    with panels.recorded():
        cut(W)
        memory = memory_of(W)
        assert is_cut(W)
        assert width_of(W) == WIDTH
    with panels.packed():
        parts = [before[:, left : left + WIDTH].ravel() for left in range(0, n_columns, WIDTH)]
        np.testing.assert_array_equal(memory, np.concatenate(parts))
        memory *= 2
        np.testing.assert_array_equal(W, before)
    np.testing.assert_array_equal(W, 2 * before)


def test_they_come_back_whatever_ends_the_steps(rng):
    W, panels = np.ones((2, 100)), Panels()
    with panels.recorded():
        cut(W)
        memory = memory_of(W)

    def interrupted():
        with panels.packed():
            memory[...] = 5
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (W == 5).all()


def test_all_else_lies_row_by_row(rng):
    W, V = rng.standard_normal((2, 3, 100))
    cut(W)
    assert not is_cut(W)
    assert (width_of(W), memory_of(W).base is W.base) == (100, True)
    with Panels().recorded():
        cut(W)
        assert is_cut(W)
        assert not is_cut(V)
        np.testing.assert_array_equal(memory_of(V), V.ravel())
    assert not is_cut(W)


@pytest.mark.parametrize("shape", [(1, 1), (ROWS, WIDTH), (2 * ROWS + 5, 3 * WIDTH + 1), (1, 100)])
def test_parts_are_the_blocks_of_products(shape):
    W, panels = np.empty(shape), Panels()
    assert part_starts(W, 7).tolist() == [*range(0, W.size, 7), W.size]
    with panels.recorded():
        cut(W)
        starts = part_starts(W, 7)
    assert len(starts) - 1 == n_blocks(*shape, ROWS, WIDTH)
    sizes = [
        rows.shape[0] * columns.shape[1]
        for columns in _strips(W, 1, WIDTH)
        for rows in _strips(columns, 0, ROWS)
    ]
    assert np.diff(starts).tolist() == sizes


def _strips(array, axis, width):
    return np.split(array, range(width, array.shape[axis], width), axis=axis)
