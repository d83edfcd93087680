import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from scipy import stats
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built

import pminusy
from pminusy import InputError
from pminusy.nn import Dropout, recording


def dropped(layer, shape):
    """Which numbers of a batch a forward pass drops."""
    Y, _ = layer.forward(np.ones(shape), training=True)
    return Y == 0


@settings(max_examples=20)
@given(
    seed=st.integers(0, 2**32 - 1),
    shape=array_shapes(min_dims=2, max_dims=4, max_side=3),
    rate=st.sampled_from([0.0, 0.3, 0.9]),
    training=st.booleans(),
)
def test_gradient(seed, shape, rate, training):
    layer = built(Dropout(rate), shape[1:], seed=seed)
    assert_gradients(layer, np.random.default_rng(seed).standard_normal(shape), training=training)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, dtype):
    layer = built(Dropout(0.4), (3, 50), dtype)
    assert_recorded_like_eager(layer, rng.standard_normal((41, 3, 50)).astype(dtype))


@pytest.mark.parametrize("rate", [0.01, 0.25, 0.5, 0.9])
@pytest.mark.parametrize("shape", [(1, 200_000), (200_000, 1), (500, 400)])
def test_the_rate(rate, shape):
    n = int(dropped(built(Dropout(rate), shape[1:]), shape).sum())
    assert stats.binomtest(n, 200_000, rate).pvalue > 1e-4


def test_rows_and_columns_have_the_rate_each():
    mask = dropped(built(Dropout(0.3), (400,)), (500, 400))
    for axis, size in ((0, 500), (1, 400)):
        counts = mask.sum(axis)
        scores = (counts - 0.3 * size) / np.sqrt(size * 0.3 * 0.7)
        assert stats.kstest(scores, "norm").pvalue > 1e-3


@pytest.mark.parametrize("shift", [(0, 1), (1, 0), (1, 1), (2, 7), (16, 0), (0, 16), (0, 64)])
def test_neighbours_are_independent(shift):
    mask = dropped(built(Dropout(0.3), (400,)), (500, 400))
    a = mask[shift[0] :, shift[1] :].ravel()
    b = mask[: mask.shape[0] - shift[0], : mask.shape[1] - shift[1]].ravel()
    assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(a.size)


def masks_of_steps(layer, shape, n_steps):
    """The masks of a recorded step, step by step."""
    X = np.ones(shape)
    with recording() as program:
        Y, _ = layer.forward(X, training=True)
        program.side_by_side()
    masks = []
    for step in range(n_steps):
        program.run(step, 1)
        masks.append(Y == 0)
    return masks


def assert_independent(masks):
    flat = np.array([mask.ravel() for mask in masks], float)
    between = np.corrcoef(flat)[np.triu_indices(len(flat), 1)]
    assert np.abs(between).max() < 5 / np.sqrt(flat.shape[1])


def test_steps_epochs_and_seeds_are_independent():
    masks = []
    for seed in (0, 1):
        layer = built(Dropout(0.5), (100,), seed=seed)
        for _ in range(3):
            masks.extend(masks_of_steps(layer, (200, 100), 4))
            layer.state["draws"].renew()
    assert_independent(masks)


def test_a_step_s_mask_depends_on_its_number_alone():
    layer = built(Dropout(0.5), (100,))
    assert all(
        (a == b).all() for a, b in zip(*(masks_of_steps(layer, (20, 100), 3) for _ in range(2)), strict=True)
    )


def test_an_eager_call_draws_afresh_and_its_way_back_has_its_mask():
    layer = built(Dropout(0.5), (100,))
    X = np.ones((50, 100))
    (Y1, back1), (Y2, back2) = (layer.forward(X, training=True) for _ in range(2))
    assert_independent([Y1 == 0, Y2 == 0])
    np.testing.assert_array_equal(back1(X), Y1)
    np.testing.assert_array_equal(back2(X), Y2)


def test_draws_go_on_from_a_state_that_was_kept():
    first, resumed = built(Dropout(0.5), (100,), seed=1), built(Dropout(0.5), (100,), seed=2)
    dropped(first, (5, 100))
    resumed.state["draws"][...] = first.state["draws"]
    np.testing.assert_array_equal(dropped(resumed, (5, 100)), dropped(first, (5, 100)))


def test_what_stays_keeps_the_mean():
    Y, _ = built(Dropout(0.2), (4,)).forward(np.full((10, 4), 3.0, np.float32), training=True)
    assert set(np.unique(Y)) <= {np.float32(0), np.float32(3.75)}


def test_the_mask_does_not_depend_on_the_dtype():
    masks = [
        built(Dropout(0.5), (64,), dtype).forward(np.ones((64, 64), dtype), training=True)[0] == 0
        for dtype in (np.float32, np.float64)
    ]
    np.testing.assert_array_equal(*masks)


@pytest.mark.parametrize(("rate", "training"), [(0.5, False), (0.0, True)])
def test_nothing_is_dropped(rng, rate, training):
    X = rng.standard_normal((5, 4))
    Y, backward = built(Dropout(rate), (4,)).forward(X, training=training)
    np.testing.assert_array_equal(Y, X)
    np.testing.assert_array_equal(backward(X), X)
    assert backward(X, to_input=False) is None


def test_nan_stays_and_an_empty_batch():
    layer = built(Dropout(0.5), (100,))
    assert np.isnan(layer.forward(np.full((3, 100), np.nan), training=True)[0]).all()
    Y, backward = layer.forward(np.empty((0, 100)), training=True)
    assert Y.shape == backward(Y).shape == (0, 100)
    assert backward(Y, to_input=False) is None


def test_the_next_to_last_rate_there_is():
    mask = dropped(built(Dropout(float(np.nextafter(1, 0))), (1000,)), (100, 1000))
    assert mask.mean() > 0.999


@pytest.mark.parametrize("rate", [1, -0.1, np.nan, "0.5"])
def test_a_rate_that_cannot_be(rate):
    with pytest.raises(InputError, match="rate: expected a number in"):
        Dropout(rate)


def test_threads_change_no_mask():
    layer = built(Dropout(0.5), (100,))
    masks = []
    for n in (1, 2, 4):
        with pminusy.threads(n):
            masks.append(masks_of_steps(layer, (100, 100), 2))
    for other in masks[1:]:
        np.testing.assert_array_equal(masks[0], other)
