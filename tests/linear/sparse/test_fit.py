import numpy as np
import pytest
from tests.linear.sparse.problems import random_data

from pminusy import Reason
from pminusy.linear.sparse.fit import SparseFit
from pminusy.linear.sparse.options import NetOptions
from pminusy.solvers.log import Log

shapes = pytest.mark.parametrize("options", [NetOptions(1.0), NetOptions(0.4), NetOptions(1.0, group=True)])


def started(data, options):
    log = Log(data, "proximal-newton", 1e-6)
    return SparseFit(data, options, log), log


@shapes
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("sparse", [False, True])
def test_weights_are_zero_from_the_largest_strength_on(options, n_classes, sparse):
    data = random_data(0, n_classes, sparse=sparse, weighted=True)
    fit, _ = started(data, options)
    largest = fit.largest_strength(1e-6)
    ending = fit.go_to(largest, 1e-9, 100)
    assert ending.reason is Reason.DUALITY_GAP
    assert not fit.parameters()[0].any()
    assert ending.loss == pytest.approx(fit.null_loss)
    fit.go_to(0.97 * largest, 1e-9, 100)
    assert fit.parameters()[0].any()


@shapes
def test_every_strength_is_brought_to_its_gap(options):
    data = random_data(1)
    fit, log = started(data, options)
    largest, explained, steps = fit.largest_strength(1e-6), [], 0
    for strength in largest * np.logspace(0, -3, 12):
        ending = fit.go_to(strength, 1e-7, 500)
        assert ending.reason is Reason.DUALITY_GAP
        assert 0 <= ending.gap <= 1e-7
        explained.append(fit.deviance_explained(ending.loss))
        steps += ending.n_iter
    assert np.all(np.diff(explained) > 0)
    assert explained[0] == pytest.approx(0, abs=1e-9)
    assert log.n_iter >= steps


def test_unpenalised_features_are_fitted_at_the_largest_strength():
    data = random_data(2)
    fit, _ = started(data, NetOptions(1.0, penalty_factors=np.array([0.0] + [1.0] * 8)))
    ending = fit.go_to(fit.largest_strength(1e-6), 1e-8, 100)
    W, _ = fit.parameters()
    assert ending.reason is Reason.DUALITY_GAP
    assert W[0].all()
    assert not W[1:].any()


def test_a_limit_on_steps_is_kept_and_told():
    data = random_data(3)
    fit, _ = started(data, NetOptions(1.0))
    ending = fit.go_to(1e-3 * fit.largest_strength(1e-6), 1e-9, 2)
    assert ending.reason is Reason.MAX_ITERATIONS
    assert ending.n_iter == 2
    assert ending.gap > 1e-9


def test_a_start_is_where_it_is_put():
    data, rng = random_data(4), np.random.default_rng(5)
    fit, _ = started(data, NetOptions(1.0))
    W, b = rng.standard_normal((9, 3)), rng.standard_normal(3)
    W[3:6] = 0
    fit.start_from(W, b)
    found_W, found_b = fit.parameters()
    assert np.array_equal(found_W, W)
    np.testing.assert_allclose(found_b, b - b.mean(), atol=1e-12)


def test_precision_that_runs_out_is_told():
    data = random_data(6)
    fit, _ = started(data, NetOptions(1.0))
    ending = fit.go_to(0.1 * fit.largest_strength(1e-6), 0.0, 10_000)
    assert ending.reason is Reason.PRECISION
    assert ending.gap < 1e-9
