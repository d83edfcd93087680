import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy import InputError, SoftmaxNetwork, SoftmaxRegression, SoftmaxRegressionCV, threads
from pminusy.nn import Checkpoint, Conv2d, Dropout, ReduceOnPlateau
from pminusy.options import check_integer, check_numbers

INTERVALS = ["[0, 1)", "(0, 1]", "[0, 1]", "(0, 1)"]


@given(st.sampled_from(INTERVALS), st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_inside(interval, value):
    check_numbers(interval, x=value, y=np.float32(0.5))


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("border", [0, 1])
def test_borders(interval, border):
    if interval[-border] in "[]":
        check_numbers(interval, x=border)
    else:
        with pytest.raises(InputError, match=r"^x: expected a number in "):
            check_numbers(interval, x=border)


@pytest.mark.parametrize("value", [-0.1, 1.1, np.nan, np.inf, -np.inf, None, "0.5", 1j, [0.5]])
def test_outside(value):
    with pytest.raises(InputError) as error:
        check_numbers("[0, 1]", fine=0.5, rate=value)
    assert str(error.value) == f"rate: expected a number in [0, 1], got {value!r}"


def test_an_open_end_is_finite():
    check_numbers("(0, inf)", x=1e300)
    with pytest.raises(InputError):
        check_numbers("(0, inf)", x=np.inf)
    check_numbers("(0, inf]", x=np.inf)


@pytest.mark.parametrize("value", [1, 7, np.int64(2), np.uint8(3)])
def test_integers_of_python_and_numpy(value):
    check_integer(1, n=value)


@pytest.mark.parametrize("value", [0, True, False, np.True_, 1.0, "1", None, np.float64(2)])
def test_no_such_integers(value):
    with pytest.raises(InputError) as error:
        check_integer(1, fine=2, n=value)
    assert str(error.value) == f"n: expected an integer ≥ 1, got {value!r}"


X, Y = np.arange(12.0).reshape(6, 2), np.arange(6) % 2


@pytest.mark.parametrize("option", ["C", "tol", "max_iter", "verbose", "n_threads"])
def test_a_regression_takes_no_truth_value_for_a_number(option):
    with pytest.raises(InputError, match=f"{option}: expected .*, got True"):
        SoftmaxRegression(**{option: True}).fit(X, Y)


@pytest.mark.parametrize(
    "option",
    [
        *("batch_size", "max_epochs", "max_steps", "n_iter_no_change", "tol", "verbose", "n_threads"),
        *("learning_rate", "weight_decay", "average_last"),
    ],
)
def test_a_network_takes_none_either(option):
    with pytest.raises(InputError, match=f"{option}: expected .*, got True"):
        SoftmaxNetwork(**{option: True}).fit(X, Y)


@pytest.mark.parametrize("option", ["Cs", "cv", "tol", "max_iter", "n_threads"])
def test_nor_does_a_search(option):
    with pytest.raises(InputError, match=f"{option}: expected .*, got True"):
        SoftmaxRegressionCV(**{"cv": 2, option: True}).fit(X, Y)


@pytest.mark.parametrize(
    "make",
    [
        lambda one: Checkpoint("model", every=one),
        lambda one: ReduceOnPlateau(patience=one),
        lambda one: threads(one).__enter__(),
        lambda one: Conv2d(one, 3).build((4, 4, 1), np.dtype(np.float32), np.random.default_rng(0)),
        lambda one: Dropout(one),
    ],
    ids=["checkpoint", "plateau", "threads", "convolution", "dropout"],
)
def test_nor_does_any_other_option(make):
    with pytest.raises(InputError, match="got True"):
        make(True)


def test_numpys_integers_are_integers_everywhere():
    two = np.int64(2)
    assert Checkpoint("model", every=two).every == 2
    assert ReduceOnPlateau(patience=two).patience == 2
    assert SoftmaxRegression(max_iter=two, n_threads=two).fit(X, Y).n_iter_ <= 2
    assert SoftmaxNetwork(max_epochs=two, batch_size=two).fit(X, Y).n_iter_ == 2
    with threads(two):
        pass
