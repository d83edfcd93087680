import numpy as np
import pytest

from pminusy.nn.training.epoch import Epoch


@pytest.mark.parametrize(
    ("n_rows", "batch_size", "starts"), [(10, 4, [0, 4, 8]), (8, 4, [0, 4]), (3, 4, [0]), (0, 4, [])]
)
def test_batches_begin_a_batch_size_apart_and_the_last_may_be_smaller(n_rows, batch_size, starts):
    epoch = Epoch.of(n_rows, batch_size, 2)
    assert epoch.starts.tolist() == starts
    assert epoch.n_steps == len(starts)
    assert epoch.order.tolist() == list(range(n_rows))


def test_every_step_has_a_place_of_its_own():
    epoch = Epoch.of(10, 4, 5)
    assert epoch.norms.shape == (3, 5)
    for array in (epoch.scales, epoch.rates, epoch.losses, epoch.hits):
        assert array.shape == (3,)
        assert array.dtype == np.float64


def test_before_anything_is_set_gradients_are_neither_scaled_nor_clipped():
    epoch = Epoch.of(4, 2, 1)
    assert epoch.scales.tolist() == [1, 1]
    assert epoch.factor.tolist() == [1]
    assert epoch.count.tolist() == [0]
