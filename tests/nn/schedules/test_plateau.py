import copy

import numpy as np
import pytest

from pminusy import InputError
from pminusy.nn import ReduceOnPlateau


def factors_along(schedule, losses):
    found = []
    for loss in losses:
        schedule.observe(loss)
        found.append(schedule.factors(0, 1, 10)[0])
    return found


def test_it_waits_for_the_patience_to_end_and_counts_anew():
    schedule = ReduceOnPlateau(factor=0.1, patience=1, threshold=0.0)
    assert factors_along(schedule, [5, 4, 4, 3, 3, 3, 3, 3]) == [1, 1, 1, 1, 1, 0.1, 0.1, 0.1 * 0.1]


def test_a_small_gain_is_none():
    assert factors_along(ReduceOnPlateau(patience=0, threshold=0.1), [1.0, 0.95, 0.89]) == [1, 0.5, 0.5]


def test_a_loss_that_is_no_number_is_no_gain():
    assert factors_along(ReduceOnPlateau(patience=0), [1.0, np.nan, 0.5]) == [1, 0.5, 0.5]


def test_it_never_goes_below_the_minimum():
    assert factors_along(ReduceOnPlateau(patience=0, minimum=0.3), [1.0] * 5) == [1, 0.5, 0.3, 0.3, 0.3]


def test_a_restored_state_goes_on(rng):
    losses = 1 + rng.random(40)
    whole = factors_along(ReduceOnPlateau(minimum=0.0), losses)
    first, second = ReduceOnPlateau(minimum=0.0), ReduceOnPlateau(minimum=0.0)
    assert factors_along(first, losses[:17]) == whole[:17]
    for name, array in first.state.items():
        second.state[name][...] = array
    assert factors_along(second, losses[17:]) == whole[17:]
    assert whole[-1] < whole[16] < 1


def test_a_copy_keeps_its_own_state():
    schedule = ReduceOnPlateau(patience=0)
    factors_along(copy.deepcopy(schedule), [1.0, 1.0])
    assert schedule.state["factor"][0] == 1


@pytest.mark.parametrize(
    "options",
    [
        {"factor": 1.0},
        {"factor": 0},
        {"threshold": 1.0},
        {"minimum": 2.0},
        {"patience": -1},
        {"patience": 1.5},
    ],
)
def test_options_outside_their_interval(options):
    with pytest.raises(InputError, match=f"^{next(iter(options))}: expected a"):
        ReduceOnPlateau(**options)


@pytest.mark.torch
@pytest.mark.parametrize("seed", range(5))
def test_as_in_torch(seed):
    torch = pytest.importorskip("torch")
    losses = np.random.default_rng(seed).choice([1.0, 0.9, 0.5, 0.49999, 0.4, 0.3], 60)
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    reference = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, factor=0.5, patience=2, threshold=1e-4, min_lr=1e-3, eps=0.0
    )
    expected = []
    for loss in losses:
        reference.step(loss)
        expected.append(optimizer.param_groups[0]["lr"])
    assert factors_along(ReduceOnPlateau(), losses) == expected
