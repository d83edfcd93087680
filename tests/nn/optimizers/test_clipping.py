import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nn.optimizers.bowl import bowl, program_of, steps_of
from tests.nn.optimizers.problems import gradients_for, parameters

from pminusy import InputError, threads
from pminusy.nn import SGD, Adam, AdamW, Parameter
from pminusy.nn.optimizers.clipping import update_within
from pminusy.nn.program import recording


def measured(learned, limit):
    """(norms, factor, whether the program went on) for the gradients as they are."""
    steps = steps_of(1, len(learned))
    with recording() as program:
        update_within(limit, SGD(), learned, steps, program)
    went_on = program.run(0, 1)
    return steps.norms[0], steps.factor[0], went_on


@given(parameters(), st.sampled_from([np.float32, np.float64]), st.sampled_from([1e-3, 1.0, 1e3, np.inf]))
def test_norms_and_factor(problem, dtype, limit):
    learned, rng = problem
    for parameter, gradient in zip(learned, gradients_for(learned, rng), strict=True):
        parameter.gradient = gradient.astype(dtype)
    expected = [np.linalg.norm(parameter.gradient.astype(np.float64)) for parameter in learned]
    norms, factor, went_on = measured(learned, limit)
    assert went_on
    np.testing.assert_allclose(norms, expected, rtol=1e-13)
    np.testing.assert_allclose(factor, min(1.0, limit / np.linalg.norm(expected)), rtol=1e-13)


def test_gradients_of_zero_are_not_clipped():
    norms, factor, went_on = measured([Parameter("w", np.ones(70), part=8)], 1.0)
    assert (norms.tolist(), factor, went_on) == ([0.0], 1.0, True)


def test_a_square_may_exceed_float32():
    w = Parameter("w", np.ones(200, np.float32), part=64)
    w.gradient[...] = 1e30
    norms, factor, went_on = measured([w], 1.0)
    assert went_on
    np.testing.assert_allclose([norms[0], factor], [200**0.5 * 1e30, 200**-0.5 * 1e-30], rtol=1e-6)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [0, 63, 64, 129])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_gradient_that_is_not_finite_stops_the_program_before_a_parameter_changes(value, place, n):
    learned, h, c = bowl(np.float64)
    steps = steps_of(6, len(learned))
    program = program_of(SGD(), learned, h, c, steps, limit=1e9)
    with threads(n):
        assert program.run(0, 3)
    before = [parameter.value.copy() for parameter in learned]
    c[0][place % c[0].size] = value
    with threads(n):
        assert not program.run(3, 3)
    assert program.stop[0] == 3
    assert not np.isfinite(steps.norms[3, 0])
    assert np.isfinite(steps.norms[3, 1:]).all()
    for parameter, value_before in zip(learned, before, strict=True):
        np.testing.assert_array_equal(parameter.value, value_before)


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("optimizer", [SGD(0.1), SGD(0.1, momentum=0.9), Adam(), AdamW()])
def test_without_a_limit_only_what_is_finite_changes_a_parameter(optimizer, value):
    learned, h, c = bowl(np.float64)
    steps = steps_of(6, len(learned))
    optimizer.build(learned)
    program = program_of(optimizer, learned, h, c, steps)
    c[0][40] = value
    assert not program.run(0, 6)
    assert program.stop[0] == 0
    assert not np.isfinite(steps.norms[0, 0])
    assert np.isfinite(steps.norms[0, 1:]).all()
    assert all(np.isfinite(parameter.value).all() for parameter in learned)
    assert all(np.isfinite(moment).all() for moment in optimizer.state.values())


def test_clipping_nothing_has_the_same_bits_as_no_limit(rng):
    found = []
    for limit in (1e9, np.inf):
        learned, h, c = bowl(np.float32)
        optimizer, steps = Adam(), steps_of(6, len(learned))
        optimizer.build(learned)
        assert program_of(optimizer, learned, h, c, steps, limit).run(0, 6)
        found.append([*(parameter.value for parameter in learned), *optimizer.state.values(), steps.norms])
    for clipped, free in zip(*found, strict=True):
        np.testing.assert_array_equal(clipped, free)


def test_a_step_is_as_long_as_the_limit_allows():
    learned, h, c = bowl(np.float64)
    steps, limit = steps_of(1, len(learned)), 0.25
    before = np.concatenate([parameter.value.ravel() for parameter in learned])
    assert program_of(SGD(), learned, h, c, steps, limit).run(0, 1)
    after = np.concatenate([parameter.value.ravel() for parameter in learned])
    np.testing.assert_allclose(np.linalg.norm(after - before), limit * steps.rates[0], rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_same_bits_on_any_number_of_threads(dtype, rng):
    learned = [
        Parameter("W", np.zeros((301, 37), dtype), part=24 * 37),
        Parameter("b", np.zeros(37, dtype), part=64),
    ]
    for parameter in learned:
        parameter.gradient[...] = rng.standard_normal(parameter.gradient.shape)
    found = []
    for n in (1, 2, 3):
        with threads(n):
            found.append(measured(learned, 0.1))
    assert all((norms == found[0][0]).all() and factor == found[0][1] for norms, factor, _ in found)


@pytest.mark.parametrize("limit", [0.0, -1.0, np.nan])
def test_a_limit_that_is_not_positive(limit):
    with pytest.raises(InputError, match=r"limit: expected a number in \(0, inf\], got"):
        measured([Parameter("w", np.ones(3), part=3)], limit)
