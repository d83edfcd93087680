"""What holds for every optimiser."""

import copy

import numpy as np
import pytest
from tests.nn.optimizers.bowl import bowl, program_of, steps_of

from pminusy import threads
from pminusy.nn import SGD, Adam, AdamW

OPTIMIZERS = [
    SGD(weight_decay=0.1),
    SGD(momentum=0.9),
    SGD(momentum=0.9, nesterov=True, weight_decay=0.1),
    Adam(weight_decay=0.1),
    AdamW(weight_decay=0.1),
]
every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=str)


def descended(optimizer, n_steps, dtype=np.float32, n_threads=1, limit=3.0):
    optimizer = copy.deepcopy(optimizer)
    learned, h, c = bowl(dtype)
    optimizer.build(learned)
    program = program_of(optimizer, learned, h, c, steps_of(n_steps, len(learned)), limit)
    with threads(n_threads):
        assert program.run(0, n_steps)
    return optimizer, learned, h, c


def assert_same_bits(found, expected):
    (optimizer, learned), (other_optimizer, others) = found, expected
    for parameter, other in zip(learned, others, strict=True):
        np.testing.assert_array_equal(parameter.value, other.value)
    assert optimizer.state.keys() == other_optimizer.state.keys()
    for name, array in optimizer.state.items():
        np.testing.assert_array_equal(array, other_optimizer.state[name])


@every_optimizer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_same_bits_on_any_number_of_threads(optimizer, dtype):
    alone = descended(optimizer, 40, dtype)
    for n in (2, 3):
        assert_same_bits(descended(optimizer, 40, dtype, n)[:2], alone[:2])


@every_optimizer
def test_a_restored_state_goes_on_to_the_same_bits(optimizer):
    whole = descended(optimizer, 30)
    kept, learned, h, c = descended(optimizer, 12)
    restored, fresh, *_ = descended(optimizer, 0)
    for parameter, other in zip(fresh, learned, strict=True):
        parameter.value[...] = other.value
    for name, array in kept.state.items():
        restored.state[name][...] = array
    steps = steps_of(18, len(fresh), count=12)
    assert program_of(restored, fresh, h, c, steps, limit=3.0).run(0, 18)
    assert_same_bits((restored, fresh), whole[:2])


@every_optimizer
def test_it_goes_down(optimizer):
    def loss(learned, h, c):
        return sum((hi * (p.value.ravel() - ci) ** 2).sum() for p, hi, ci in zip(learned, h, c, strict=True))

    _, learned, h, c = descended(optimizer, 300, np.float64)
    assert loss(learned, h, c) < 0.3 * loss(*bowl(np.float64))


@every_optimizer
def test_building_again_begins_anew(optimizer):
    used, learned, *_ = descended(optimizer, 5)
    fresh, others, *_ = descended(optimizer, 0)
    used.build(learned)
    for parameter, other in zip(learned, others, strict=True):
        parameter.value[...] = other.value
    assert_same_bits((used, learned), (fresh, others))


@every_optimizer
def test_options_cannot_be_changed_and_are_what_is_compared(optimizer):
    used = descended(optimizer, 5)[0]
    assert used == optimizer
    with pytest.raises(AttributeError):
        used.learning_rate = 1.0
