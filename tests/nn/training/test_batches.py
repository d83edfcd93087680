import numpy as np
import pytest
from tests.nn.training.problems import FLOAT, shuffled

from pminusy.nn import recording
from pminusy.nn.training.batches import DenseSamples, IntegerSamples

LAYOUTS = {
    "contiguous": lambda X: X,
    "Fortran order": np.asfortranarray,
    "every other row": lambda X: np.repeat(X, 2, axis=0)[::2],
    "reversed columns": lambda X: X[:, ::-1],
}


def each_batch(samples, epoch, sizes):
    """The batches of an epoch, each copied after its step; `sizes` are rows and steps of each program."""
    first = 0
    for n_rows, n_steps in sizes:
        with recording() as program:
            batch = samples.batch(epoch, n_rows)
        for step in range(first, first + n_steps):
            program.run(step, 1)
            yield batch.copy()
        first += n_steps


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("source", [np.float32, np.float64, np.uint8, np.int16, np.bool_])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_batches_are_the_rows_in_the_epochs_order_in_the_dtype_of_training(rng, layout, source, dtype):
    X = LAYOUTS[layout](rng.integers(0, 2, (10, 5)).astype(source))
    samples, epoch = DenseSamples(X, np.dtype(dtype)), shuffled(10, 4)
    batches = list(each_batch(samples, epoch, [(4, 2), (2, 1)]))
    assert all(batch.dtype == dtype for batch in batches)
    np.testing.assert_array_equal(np.concatenate(batches), X[epoch.order].astype(dtype))


def test_images_without_channels_get_one():
    samples = DenseSamples(np.zeros((2, 3, 4)), FLOAT)
    assert (len(samples), samples.shape) == (2, (3, 4, 1))


def test_channels_that_come_first_are_put_last(rng):
    X, epoch = rng.standard_normal((6, 2, 3, 4)), shuffled(6, 3)
    samples = DenseSamples(X, FLOAT, channels_first=True)
    assert samples.shape == (3, 4, 2)
    batches = np.concatenate(list(each_batch(samples, epoch, [(3, 2)])))
    np.testing.assert_array_equal(batches, X.transpose(0, 2, 3, 1)[epoch.order])


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8])
def test_the_whole_of_x_is_not_copied_where_its_dtype_can_be_read(dtype):
    X = np.zeros((3, 2), dtype)
    assert np.shares_memory(DenseSamples(X, FLOAT)._X, X)


def test_integers_stay_integers(rng):
    X, epoch = rng.integers(0, 9, (7, 2, 3)), shuffled(7, 7)
    (batch,) = each_batch(IntegerSamples(X), epoch, [(7, 1)])
    assert batch.dtype == np.int64
    np.testing.assert_array_equal(batch, X[epoch.order])
