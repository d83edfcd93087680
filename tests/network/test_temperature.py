import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from tests.network.networks import X, Y, small

import pminusy
from pminusy import InputError, SoftmaxNetwork, TargetError
from pminusy.network.temperature import best_temperature


def mean_loss(T, Z, mass, weights):
    return -(weights @ (mass * log_softmax(Z / T, axis=1)).sum(axis=1)) / weights.sum()


def best_by_search(Z, mass, weights):
    found = minimize_scalar(
        lambda u: mean_loss(np.exp(u), Z, mass, weights),
        bounds=(-12, 12),
        method="bounded",
        options={"xatol": 1e-11},
    )
    return np.exp(found.x)


@given(st.integers(0, 10_000), st.integers(2, 6), st.sampled_from([1e-3, 0.3, 1.0, 10.0, 1e3]))
def test_labels_like_scipys_minimiser(seed, n_classes, scale):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, n_classes, 60)
    Z = rng.standard_normal((60, n_classes)) + np.eye(n_classes)[labels]
    weights = rng.random(60)
    T = best_temperature(scale * Z, labels, weights)
    if 0 < T < np.inf:
        assert T / scale == pytest.approx(best_by_search(Z, np.eye(n_classes)[labels], weights), rel=1e-5)


@given(st.integers(0, 10_000))
def test_mass_like_scipys_minimiser(seed):
    rng = np.random.default_rng(seed)
    Z = 3 * rng.standard_normal((40, 4))
    mass = rng.random((40, 4)) * np.exp(0.3 * Z)
    T = best_temperature(Z, mass, None)
    assert 0 < T < np.inf
    assert pytest.approx(best_by_search(Z, mass, np.ones(40)), rel=1e-5) == T


@given(st.integers(0, 10_000), st.floats(-3, 3))
def test_the_slope_at_the_best_temperature_is_zero(seed, log_scale):
    rng = np.random.default_rng(seed)
    labels = np.arange(50) % 3
    Z = 10**log_scale * (rng.standard_normal((50, 3)) + 0.7 * np.eye(3)[labels])
    T = best_temperature(Z, labels, None)
    assert 0 < T < np.inf
    P = pminusy.softmax(Z / T)
    slope = ((P - np.eye(3)[labels]) * Z).sum(axis=1)
    assert abs(slope.mean()) < 1e-9 * np.abs(slope).mean()


def test_the_derivative_with_respect_to_the_inverse_temperature(rng):
    Z, Y = 3 * rng.standard_normal((7, 4)), rng.random((7, 4))
    s = Y.sum(axis=1, keepdims=True)

    def loss(beta):
        return -(Y * log_softmax(beta[0] * Z, axis=1)).sum()

    def slope(beta):
        return [((s * pminusy.softmax(beta[0] * Z) - Y) * Z).sum()]

    pminusy.assert_gradient(loss, slope, np.array([0.7]))


def test_two_logits_by_hand():
    # Three of four are right: softmax(z / T) is to be (3/4, 1/4), so that z / T = log 3.
    T = best_temperature(np.array([[2.0, 0.0]] * 4), np.array([0, 0, 1, 0]), None)
    assert pytest.approx(2 / np.log(3), rel=1e-12) == T


def test_a_shift_of_a_rows_logits_changes_nothing(rng):
    Z, labels = rng.standard_normal((50, 3)), np.arange(50) % 3
    Z += np.eye(3)[labels]
    T = best_temperature(Z, labels, None)
    assert best_temperature(Z + 1e6 * rng.standard_normal((50, 1)), labels, None) == pytest.approx(
        T, rel=1e-8
    )


def test_all_right_has_no_best_temperature_and_nothing_right_neither(rng):
    labels = np.arange(30) % 3
    Z = 5 * np.eye(3)[labels] + rng.random((30, 3))
    assert best_temperature(Z, labels, None) == 0
    assert best_temperature(-Z, labels, None) == np.inf
    weights = np.ones(30)
    weights[0] = 0
    labels[0] = 1  # a mistake that doesn't count
    assert best_temperature(Z, labels, weights) == 0


@pytest.fixture(scope="module")
def confident():
    return SoftmaxNetwork(hidden=(64,), max_epochs=60, random_state=1).fit(X[:200], Y[:200])


def test_calibration_lowers_the_loss_and_keeps_the_labels(confident):
    Z, before = confident.decision_function(X[200:]), confident.predict(X[200:])
    loss = -confident.predict_log_proba(X[200:])[np.arange(200), Y[200:]].mean()
    assert confident.calibrate(X[200:], Y[200:]) is confident
    T = confident.temperature_
    assert T > 1  # networks are too sure
    np.testing.assert_array_equal(confident.predict(X[200:]), before)
    np.testing.assert_allclose(confident.predict_proba(X[200:]), pminusy.softmax(Z / T), rtol=1e-12)
    np.testing.assert_allclose(confident.decision_function(X[200:]), Z / T, rtol=1e-12)
    assert -confident.predict_log_proba(X[200:])[np.arange(200), Y[200:]].mean() < loss
    assert confident.calibrate(X[200:], Y[200:]).temperature_ == T  # from the bare logits again


def test_weights_and_mass_of_held_out_rows(confident, rng):
    counts = rng.integers(1, 4, 200)
    rows = np.repeat(np.arange(200, 400), counts)
    T = confident.calibrate(X[rows], Y[rows]).temperature_
    assert confident.calibrate(X[200:], Y[200:], counts).temperature_ == pytest.approx(T, rel=1e-9)
    mass = counts[:, None] * np.eye(10)[Y[200:]]
    assert confident.calibrate(X[200:], mass).temperature_ == pytest.approx(T, rel=1e-9)


def test_without_a_best_temperature_it_stays(confident):
    T = confident.calibrate(X[200:], Y[200:]).temperature_
    right = confident.predict(X) == Y
    with pytest.warns(ConvergenceWarning, match="every row is classified correctly; temperature_ stays"):
        confident.calibrate(X[right], Y[right])
    with pytest.warns(ConvergenceWarning, match="the logits do not predict y"):
        confident.calibrate(X, (confident.predict(X) + 5) % 10)
    assert confident.temperature_ == T


def test_training_again_puts_it_back():
    model = small(max_epochs=20).fit(X[:200], Y[:200])
    for again in (model.fit, model.partial_fit):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert model.calibrate(X[200:], Y[200:]).temperature_ != 1
        assert again(X[:200], Y[:200]).temperature_ == 1


def test_bad_input(confident):
    with pytest.raises(NotFittedError):
        small().calibrate(X, Y)
    with pytest.raises(TargetError, match="y: expected labels among"):
        confident.calibrate(X, Y + 1)
    with pytest.raises(InputError, match="y: expected one label for each of 400 rows of X, got 3"):
        confident.calibrate(X, Y[:3])
