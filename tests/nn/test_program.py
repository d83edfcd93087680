"""What is recorded is done in the right order, as often as asked, whatever the number of threads."""

import threading

import numpy as np
import pytest

import pminusy
from pminusy.kernels.kinds import Double, Integers, Matrix, Vector
from pminusy.kernels.operations import operation
from pminusy.kernels.replay import stop_at
from pminusy.nn import recording
from pminusy.nn.program import afterwards, beforehand, each_part, each_row, empty, is_recording, numbers

pytest.importorskip("numba", reason="operations of one's own are compiled by Numba")
THREADS = (1, 2, 3, 4)


@operation
def add_one(X: Matrix, Y: Matrix, step, first, last):
    """Y = X + 1, row by row."""
    for n in range(first, last):
        for j in range(Y.shape[1]):
            Y[n, j] = X[n, j] + 1


@operation
def column_sums(X: Matrix, s: Vector, step, first, last):
    """s_j = Σ_n X_nj for some columns."""
    for j in range(first, last):
        s[j] = 0
        for n in range(X.shape[0]):
            s[j] += X[n, j]


@operation
def subtract_row(X: Matrix, s: Vector, Y: Matrix, step, first, last):
    """Y = X − s, row by row."""
    for n in range(first, last):
        for j in range(Y.shape[1]):
            Y[n, j] = X[n, j] - s[j]


@operation
def copy(x: Vector, y: Vector, step, first, last):
    """y = x for some elements."""
    for i in range(first, last):
        y[i] = x[i]


@operation
def add(x: Vector, y: Vector, step, first, last):
    """y += x for some elements."""
    for i in range(first, last):
        y[i] += x[i]


@operation
def double(y: Vector, step, first, last):
    """y *= 2 for some elements."""
    for i in range(first, last):
        y[i] *= 2


@operation
def line(slope: Double, offset: Double, y: Vector, step, first, last):
    """y_i = slope·i + offset for some elements."""
    for i in range(first, last):
        y[i] = slope * i + offset


@operation
def note_step(y: Vector, step, first, last):
    """y_step = step + 1."""
    for _ in range(first, last):
        y[step] = step + 1


@operation
def stop_at_3(stop: Integers, step, first, last):
    """Stop the program at step 3."""
    if step == 3:
        stop_at(stop, step)


def run(program, n, n_steps=1, first_step=0):
    with pminusy.threads(n):
        return program.run(first_step, n_steps)


@pytest.mark.parametrize("n", THREADS)
@pytest.mark.parametrize("n_rows", [1, 2, 7, 8, 9, 100, 1001])
def test_rows_and_parts_wait_for_what_they_depend_on(rng, n, n_rows):
    X, Y, Z, W = (empty((n_rows, 50), np.dtype(np.float64)) for _ in range(4))
    s = np.zeros(50)
    with recording() as program:
        each_row(add_one, n_rows, X, Y)
        each_part(column_sums, 50, Y, s)
        each_row(subtract_row, n_rows, Y, s, Z)
        each_row(add_one, n_rows, Z, W)
    for _ in range(3):
        X[...] = rng.integers(0, 9, X.shape)
        assert run(program, n)
        np.testing.assert_array_equal(W, X + 1 - (X + 1).sum(0) + 1)


@pytest.mark.parametrize("n", THREADS)
@pytest.mark.parametrize(("n_rows", "width"), [(1, 1), (9, 1), (1000, 3), (5, 300_000)])
def test_every_row_is_done_once_a_step(n, n_rows, width):
    Y = np.zeros((n_rows, width))
    with recording() as program:
        each_row(add_one, n_rows, Y, Y)
    assert run(program, n, n_steps=5)
    assert run(program, n, n_steps=2)
    np.testing.assert_array_equal(Y, 7)


@pytest.mark.parametrize("n", THREADS)
def test_batches_of_different_sizes_in_one_step(n):
    long, short = np.zeros((100, 2)), np.zeros((7, 2))
    with recording() as program:
        each_row(add_one, 100, long, long)
        each_row(add_one, 7, short, short)
        each_row(add_one, 100, long, long)
    assert run(program, n)
    assert (long == 2).all()
    assert (short == 1).all()


@pytest.mark.parametrize("n", THREADS)
def test_beforehand_is_first_and_afterwards_is_last(n):
    count, before, after = np.zeros(20), np.full(20, -1.0), np.full(20, -1.0)
    one = np.ones(20)
    with recording() as program:
        afterwards(copy, 20, count, after)
        each_part(add, 20, one, count)
        beforehand(copy, 20, count, before)
        program.side_by_side()
    for step in range(3):
        assert run(program, n)
        np.testing.assert_array_equal(before, step)
        np.testing.assert_array_equal(after, step + 1)


@pytest.mark.parametrize("n", THREADS)
def test_waiting_calls_that_write_one_array_keep_their_order(n):
    a, b, other = np.ones(100), np.full(100, 5.0), np.zeros(100)
    y = np.zeros(100)
    with recording() as program:
        afterwards(add, 100, a, y)
        afterwards(double, 100, y)
        afterwards(add, 100, a, other)
        afterwards(add, 100, b, y)
        afterwards(double, 100, other)
        program.side_by_side()
    expected = expected_other = 0
    for _ in range(3):
        assert run(program, n)
        expected, expected_other = 2 * (expected + 1) + 5, 2 * (expected_other + 1)
        np.testing.assert_array_equal(y, expected)
        np.testing.assert_array_equal(other, expected_other)


@pytest.mark.parametrize("n", THREADS)
def test_waiting_calls_on_one_array_go_through_it_part_by_part_or_wait(n):
    a, y, z, total = np.ones(100), np.zeros(100), np.zeros(100), np.zeros(1)
    with recording() as program:
        afterwards(add, 100, a, y)  # y = 1
        afterwards(add, 100, y, z)  # reads what the first has written
        afterwards(add, 1, y, total)  # of another number of parts
        afterwards(double, 100, y)  # writes what two have read
        program.side_by_side()
    assert run(program, n)
    assert (y.tolist(), z.tolist(), total.tolist()) == ([2.0] * 100, [1.0] * 100, [1.0])


@pytest.mark.parametrize("n", THREADS)
def test_operations_are_told_the_step(n):
    y = np.zeros(10)
    with recording() as program:
        each_part(note_step, 1, y)
    assert run(program, n, n_steps=4, first_step=3)
    assert y.tolist() == [0, 0, 0, 4, 5, 6, 7, 0, 0, 0]


@pytest.mark.parametrize("n", THREADS)
def test_a_stop_leaves_out_all_that_comes_later(n):
    before, after = np.zeros(10), np.zeros(10)
    with recording() as program:
        each_part(note_step, 1, before)
        each_part(stop_at_3, 1, program.stop)
        each_part(note_step, 1, after)
    assert run(program, n, n_steps=3)
    assert not run(program, n, n_steps=5, first_step=3)
    assert program.stopped_at() == 3
    assert before.tolist() == [1, 2, 3, 4, 0, 0, 0, 0, 0, 0]
    assert after.tolist() == [1, 2, 3, 0, 0, 0, 0, 0, 0, 0]


def test_numbers_reach_an_operation_by_the_names_of_its_parameters():
    y, z = np.zeros(4), np.zeros(4)
    each_part(line, 4, *numbers(0.5, -3), y)
    with recording() as program:
        each_part(line, 4, *numbers(0.5, -3), z)
    assert run(program, 2)
    assert y.tolist() == z.tolist() == [-3.0, -2.5, -2.0, -1.5]


def test_nothing_is_done_while_it_is_recorded():
    Y = np.zeros((3, 2))
    with recording():
        each_row(add_one, 3, Y, Y)
        each_part(double, 3, Y[:, 0].copy())
        assert is_recording()
    assert not Y.any()
    assert not is_recording()


def test_outside_a_recording_everything_is_done_at_once():
    y = np.zeros(4)
    for act in (each_row, each_part, beforehand, afterwards):
        act(add, 4, np.ones(4), y)
    assert y.tolist() == [4, 4, 4, 4]


def test_a_recording_ends_with_an_error_too():
    with pytest.raises(ZeroDivisionError), recording():
        _ = 1 / 0
    assert not is_recording()


def test_another_thread_does_not_record():
    seen = []
    with recording():
        thread = threading.Thread(target=lambda: seen.append(is_recording()))
        thread.start()
        thread.join()
    assert seen == [False]


def test_an_empty_program_runs():
    with recording() as program:
        pass
    assert run(program, 2, n_steps=3)


@pytest.mark.parametrize("shape", [(1,), (3, 5), (2, 3, 4, 5)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_empty_begins_with_a_cache_line(shape, dtype):
    arrays = [empty(shape, np.dtype(dtype)) for _ in range(5)]
    for i, array in enumerate(arrays):
        array[...] = i
        assert (array.shape, array.dtype, array.flags.c_contiguous) == (shape, dtype, True)
        assert array.ctypes.data % 64 == 0
    assert all((array == i).all() for i, array in enumerate(arrays))
