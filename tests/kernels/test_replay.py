"""The list of operations itself, put together by hand: who does what is left to chance, what is done is not."""

import itertools

import numpy as np
import pytest

from pminusy.kernels.kinds import Integers, Vector
from pminusy.kernels.operations import operation, table
from pminusy.kernels.parallel import together
from pminusy.kernels.replay import LINE, NEVER, PLACES, replay, stop_at, yield_address

THREADS = (1, 2, 3, 4)


@operation
def count(counts: Integers, step, first, last):
    for i in range(first, last):
        counts[i] += 1


@operation
def add_neighbours(x: Vector, y: Vector, step, first, last):
    """y_i = x_(i−1) + x_i + x_(i+1), around the end: what other threads wrote in the stage before."""
    for i in range(first, last):
        y[i] = x[(i - 1) % x.size] + x[i] + x[(i + 1) % x.size]


@operation
def halve(x: Vector, y: Vector, step, first, last):
    for i in range(first, last):
        y[i] = x[i] / 2


@operation
def stop_when_due(stop: Integers, due: Integers, step, first, last):
    """Stop at the step of each item."""
    for i in range(first, last):
        if due[i] == step:
            stop_at(stop, step)


class List:
    """Stages of (operation, arrays, number of items), each operation cut into `n_tasks` ranges."""

    def __init__(self, stages, n_tasks):
        self.kept, operations, tasks, borders = [], [], [], [0]
        for stage in stages:
            for task_operation, arrays, n_items in stage:
                arguments = table(arrays)
                self.kept.append((arguments, arrays))
                cuts = [n_items * i // n_tasks for i in range(n_tasks + 1)]
                for i, (first, last) in enumerate(itertools.pairwise(cuts)):
                    number = len(operations)
                    tasks.append((number, number + 1, first, last, i * PLACES // n_tasks))
                operations.append((task_operation.address(arrays[-1].dtype), arguments.ctypes.data))
            borders.append(len(tasks))
        self.tables = (
            np.array(operations, np.int64).reshape(-1, 2),
            np.array(tasks, np.int64).reshape(-1, 5),
            np.array(borders, np.int64),
        )
        self.stop = np.full(1, NEVER)

    def run(self, n_threads, first_step, n_steps, offer=None):
        claims, done = np.zeros(len(self.tables[1]), np.int64), np.zeros((n_threads, LINE), np.int64)
        code, numbers = replay(np.dtype(np.float64)), itertools.count()
        offer = yield_address() if offer is None else offer
        together(
            lambda: code(*self.tables, claims, done, self.stop, next(numbers), first_step, n_steps, offer),
            n_threads,
        )
        return claims, done


@pytest.mark.parametrize("n_threads", THREADS)
@pytest.mark.parametrize("n_tasks", [1, 2, 5, 16])
def test_every_task_is_done_once_a_step(n_threads, n_tasks):
    one, other = np.zeros(100, np.int64), np.zeros(7, np.int64)
    work = List([[(count, (one,), 100), (count, (other,), 7)], [(count, (one,), 100)]], n_tasks)
    claims, done = work.run(n_threads, 0, 300)
    assert (one == 600).all()
    assert (other == 300).all()
    assert (claims == 300).all()
    assert done[:, 0].sum() == 300 * len(claims)


@pytest.mark.parametrize("n_threads", THREADS)
def test_a_stage_sees_all_of_the_one_before(rng, n_threads):
    x, y = rng.standard_normal(64), np.empty(64)
    expected = x.copy()
    work = List([[(add_neighbours, (x, y), 64)], [(halve, (y, x), 64)]], 8)
    work.run(n_threads, 0, 40)
    for _ in range(40):
        expected = (np.roll(expected, 1) + expected + np.roll(expected, -1)) / 2
    np.testing.assert_array_equal(x, expected)


@pytest.mark.parametrize("n_threads", THREADS)
def test_the_earliest_stop_counts_and_nothing_is_done_after_it(n_threads):
    before, after = np.zeros(20, np.int64), np.zeros(20, np.int64)
    due = np.array([9, 7, 7, 12])
    stages = [[(count, (before,), 20)], [], [(count, (after,), 20)]]
    work = List(stages, 4)
    stages[1] = [(stop_when_due, (work.stop, due), 4)]
    stop = work.stop
    work = List(stages, 4)
    work.stop = stop
    work.run(n_threads, 5, 10)
    assert stop[0] == 7
    assert (before == 3).all()  # steps 5, 6 and 7
    assert (after == 2).all()


@pytest.mark.parametrize("n_threads", THREADS)
def test_empty_stages_and_no_steps(n_threads):
    counts = np.zeros(4, np.int64)
    work = List([[], [(count, (counts,), 4)], []], 2)
    work.run(n_threads, 0, 0)
    assert not counts.any()
    work.run(n_threads, 0, 3)
    assert (counts == 3).all()


def test_waits_without_the_system_s_help_too():
    counts = np.zeros(4, np.int64)
    List([[(count, (counts,), 4)]], 4).run(3, 0, 50, offer=0)
    assert (counts == 50).all()
