import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.network.budget import choose_batch_size, choose_epochs, choose_weight_decay

ROWS = st.integers(1, 10_000_000)


@given(ROWS)
def test_batches_are_neither_empty_nor_larger_than_the_set(n_rows):
    assert min(8, n_rows) <= choose_batch_size(None, n_rows) <= min(128, n_rows)


@given(ROWS, st.integers(1, 10_000))
def test_batches_are_of_the_size_that_is_asked_for(n_rows, size):
    assert choose_batch_size(size, n_rows) == min(size, n_rows)


@given(st.integers(1, 100_000))
def test_without_limits_there_are_60_epochs_or_500_to_8_000_steps_but_at_least_20(n_steps):
    n_epochs = choose_epochs(None, None, n_steps)
    assert n_epochs >= 20
    assert n_epochs * n_steps >= 500
    if n_epochs > 60:
        assert (n_epochs - 1) * n_steps < 500
    if 20 < n_epochs < 60:
        assert n_epochs * n_steps <= 8_000 < (n_epochs + 1) * n_steps


@pytest.mark.parametrize(
    ("max_epochs", "max_steps", "n_steps", "expected"),
    [
        (7, None, 3, 7),
        (500, None, 1000, 500),
        (None, 7, 3, 3),
        (None, 6, 3, 2),
        (None, 1, 3, 1),
        (2, 70, 3, 2),
    ],
)
def test_the_lower_limit_holds_and_the_last_epoch_is_completed(max_epochs, max_steps, n_steps, expected):
    assert choose_epochs(max_epochs, max_steps, n_steps) == expected


@given(st.integers(1, 1000))
def test_up_to_32_rows_are_one_batch(n_rows):
    assert (choose_batch_size(None, n_rows) == n_rows) == (n_rows <= 32 or n_rows == 8)


@given(st.integers(1, 10_000))
def test_the_penalty_on_the_sum_of_losses_is_the_same_for_any_number_of_rows(n_rows):
    assert choose_weight_decay(np.ones(n_rows)) * n_rows == pytest.approx(1)


def test_weights_are_repeated_rows_unless_they_are_shares():
    assert choose_weight_decay(np.array([3.0, 0.0, 2.0, 5.0])) == choose_weight_decay(np.ones(10))
    assert choose_weight_decay(np.array([0.5, 0.0, 0.25, 0.25])) == choose_weight_decay(np.ones(3))
    assert choose_weight_decay(np.zeros(3)) == 1
