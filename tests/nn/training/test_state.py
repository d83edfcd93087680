import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pminusy.nn.training.state import TrainingState


def watched(losses, tol):
    state = TrainingState()
    for loss in losses:
        state.watch(loss, tol)
    return state


def test_an_epoch_stalls_unless_its_loss_is_lower_by_more_than_tol_than_the_lowest_before():
    losses = [1.0, 0.7, 0.8, 0.5, 0.5, 0.2]
    stalled = [watched(losses[:n], 0.25).n_stalled for n in range(1, 7)]
    assert stalled == [0, 0, 1, 2, 3, 0]


@given(st.lists(st.floats(0, 10), min_size=1), st.floats(0, 1))
def test_the_lowest_loss_is_kept_whether_epochs_stall_or_not(losses, tol):
    state = watched(losses, tol)
    assert state.lowest == min(losses)
    assert 0 <= state.n_stalled < len(losses)


def test_a_loss_that_is_no_number_stalls():
    assert watched([1.0, np.nan, np.nan], 0).n_stalled == 2
