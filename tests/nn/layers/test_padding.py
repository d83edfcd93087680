import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.errors import InputError
from pminusy.nn.layers.padding import Padding, padding_of
from pminusy.nn.program import recording

SIDES = st.tuples(st.integers(0, 3), st.integers(0, 3))


@given(SIDES, SIDES, st.integers(1, 3), st.sampled_from([np.float32, np.float64]))
def test_images_get_a_border_of_zeros_and_lose_it_again(before, after, channels, dtype):
    padding = Padding((4, 5, channels), before, after)
    X = np.random.default_rng(0).standard_normal((3, 4, 5, channels)).astype(dtype)
    around = padding.around(X)
    width = ((0, 0), *zip(before, after, strict=True), (0, 0))
    np.testing.assert_array_equal(around, np.pad(X, width))
    assert around.shape[1:] == padding.padded
    np.testing.assert_array_equal(padding.without(around), X)


def test_a_recorded_step_keeps_the_border_at_0():
    padding, X = Padding((2, 2, 1), (1, 0), (0, 2)), np.ones((1, 2, 2, 1))
    with recording() as program:
        around = padding.around(X)
    for value in (2.0, 3.0):
        X[...] = value
        program.run(0, 1)
        assert around[0, :, :, 0].tolist() == [[0, 0, 0, 0], [value, value, 0, 0], [value, value, 0, 0]]


def test_no_border_is_no_copy():
    X = np.zeros((1, 2, 2, 1))
    assert Padding((2, 2, 1), (0, 0), (0, 0)).around(X) is X


@pytest.mark.parametrize(
    ("setting", "before", "after"),
    [("valid", (0, 0), (0, 0)), (2, (2, 2), (2, 2)), ((1, 0), (1, 0), (1, 0)), ("same", (1, 0), (1, 1))],
)
def test_settings_in_rows_and_columns(setting, before, after):
    assert padding_of(setting, (5, 6, 1), (3, 2), (1, 1)) == Padding((5, 6, 1), before, after)


def test_same_keeps_as_many_windows_as_steps():
    assert padding_of("same", (7, 8, 1), (3, 3), (2, 3)).padded == (9, 9, 1)


@pytest.mark.parametrize("setting", ["full", -1, (1, 2, 3)])
def test_other_settings_are_refused(setting):
    with pytest.raises(InputError, match="Conv2d: padding: expected an integer"):
        padding_of(setting, (5, 6, 1), (3, 3), (1, 1))
