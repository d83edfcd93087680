import numpy as np
import pytest

from pminusy.blocks.outside import OutsideMatrix
from pminusy.errors import InputError
from pminusy.network.windows import WindowedSamples, window_rows
from pminusy.nn.program import recording
from pminusy.nn.training.epoch import Epoch

N, D = 1003, 4


class Counted(OutsideMatrix):
    """An array that is read as if it were elsewhere, and counts how many rows are."""

    sequential = False

    def __init__(self, X, memory):
        self._X, self.memory, self.n_read = X, memory, 0
        self.shape, self.dtype = X.shape, X.dtype

    def read(self, start, stop, out=None):
        self.n_read += stop - start
        into = np.empty((stop - start, D), self.dtype) if out is None else out
        into[...] = self._X[start:stop]
        return into

    def decoded(self):
        return self


@pytest.fixture
def X(rng):
    return rng.standard_normal((N, D)).astype(np.float32)


def samples_of(X, n_window):
    return WindowedSamples(Counted(X, 2 * n_window * D * X.itemsize), X.dtype)


def epoch_of(n_rows, size):
    return Epoch.of(n_rows, size, 0, all_at_hand=False)


def batches(samples, epoch, size):
    """All batches, each taken as a recorded step takes it."""
    n_whole, rest = divmod(len(epoch.order), size)
    for n, first, last in ((size, 0, n_whole), (rest, n_whole, n_whole + 1)):
        if not n:
            continue
        with recording() as program:
            batch = samples.batch(epoch, n)
        step = first
        while step < last:
            for now in range(step, stop := min(last, samples.bring(epoch, step))):
                program.run(now, 1)
                yield batch.copy()
            step = stop


@pytest.mark.parametrize("n_window", [10, 130, 400, N, 5 * N])
@pytest.mark.parametrize("weighted", [False, True])
def test_each_batch_has_the_rows_that_the_order_says(X, rng, n_window, weighted):
    samples = samples_of(X, n_window)
    rows = np.flatnonzero(rng.random(N) < 0.6) if weighted else np.arange(N)
    epoch = epoch_of(len(rows), 10)
    for seed in range(2):
        samples.shuffle(epoch, rows, np.random.default_rng(seed))
        np.testing.assert_array_equal(np.sort(epoch.order), rows)
        np.testing.assert_array_equal(np.concatenate(list(batches(samples, epoch, 10))), X[epoch.order])


def test_rows_that_fit_into_a_window_are_shuffled_as_in_memory_and_read_once(X):
    samples, epoch = samples_of(X, N), epoch_of(N, 10)
    for seed in range(3):
        samples.shuffle(epoch, np.arange(N), np.random.default_rng(seed))
        np.testing.assert_array_equal(epoch.order, np.random.default_rng(seed).permutation(np.arange(N)))
        list(batches(samples, epoch, 10))
    assert samples._X.n_read == N


def test_every_window_has_rows_from_all_over_the_table_in_no_order(X):
    samples, epoch = samples_of(X, 250), epoch_of(N, 10)
    samples.shuffle(epoch, np.arange(N), np.random.default_rng(0))
    step = 0
    while step < epoch.n_steps:
        stop = samples.bring(epoch, step)
        window = epoch.order[10 * step : 10 * stop]
        assert np.histogram(window, 4, (0, N))[0].min() > 0.2 * len(window)
        assert abs(np.corrcoef(window, np.arange(len(window)))[0, 1]) < 0.3
        step = stop
    again = epoch_of(N, 10)
    samples.shuffle(again, np.arange(N), np.random.default_rng(1))
    assert (again.order != epoch.order).mean() > 0.9


def test_an_epoch_of_a_large_table_reads_each_row_about_once():
    n_rows = 100_000
    samples, epoch = samples_of(np.zeros((n_rows, D), np.float32), 25_000), epoch_of(n_rows, 1000)
    samples.shuffle(epoch, np.arange(n_rows), np.random.default_rng(0))
    list(batches(samples, epoch, 1000))
    assert n_rows <= samples._X.n_read <= 1.2 * n_rows


def test_a_window_that_could_not_be_read_is_not_taken_for_read(X):
    samples, epoch = samples_of(X, 250), epoch_of(N, 10)
    samples.shuffle(epoch, np.arange(N), np.random.default_rng(0))
    samples.bring(epoch, 0)
    pick, samples._X.pick = samples._X.pick, _broken
    with pytest.raises(OSError, match="gone"):
        samples.bring(epoch, 25)
    samples._X.pick = pick
    np.testing.assert_array_equal(next(batches(samples, epoch, 10)), X[epoch.order[:10]])


def _broken(numbers, out):
    out[...] = 0
    raise OSError("gone")


def test_parts_are_all_rows_in_order(X):
    parts = list(samples_of(X, 400).parts())
    assert len(parts) > 1
    rows = [part._X for _, part in parts]
    assert [start for start, _ in parts] == np.cumsum([0, *map(len, rows)])[:-1].tolist()
    np.testing.assert_array_equal(np.concatenate(rows), X)


def test_a_batch_larger_than_the_window_is_refused_with_the_memory_that_it_takes(X):
    samples = samples_of(X, 20)
    assert window_rows(samples._X) == 20
    with pytest.raises(InputError, match=r"memory: expected at least 0\.\d MB for batches of 21 rows"):
        samples.batch(epoch_of(N, 21), 21)
