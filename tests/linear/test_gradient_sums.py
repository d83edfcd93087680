from itertools import pairwise

import numpy as np
import pytest
import scipy.sparse as sp

from pminusy.blocks.memory import in_memory
from pminusy.linear.gradient_sums import GatheredSum, ScatteredSum
from pminusy.linear.layout import ParameterLayout

DOUBLE = np.dtype(np.float64)


def drawn(rng, n_rows, n_features, n_classes):
    X = sp.random_array((n_rows, n_features), density=0.2, format="csr", rng=rng)
    rows = in_memory(sp.csr_matrix(X), DOUBLE)
    layout = ParameterLayout.of(rows, n_classes, fit_intercept=True)
    dZ = np.zeros((n_rows, n_classes))
    dZ[:, layout.n_held :] = rng.standard_normal((n_rows, layout.n_free))
    return X.toarray(), rows, layout, dZ


@pytest.mark.parametrize("n_classes", [2, 3, 9])
@pytest.mark.parametrize("n_strands", [1, 3])
def test_both_ways_give_the_product_and_the_penalty(rng, n_classes, n_strands):
    X, rows, layout, dZ = drawn(rng, 70, 12, n_classes)
    parameters, curvature = rng.standard_normal(layout.n_parameters), np.array([0.3])
    W = parameters[: layout.n_weights]
    expected = (X.T @ dZ[:, layout.n_held :]).ravel() + curvature * W

    scattered = ScatteredSum(layout, n_strands)
    borders = np.linspace(0, 70, n_strands + 1).astype(int)
    for strand, (start, stop) in enumerate(pairwise(borders)):
        scattered.dW(strand)[...] = X[start:stop].T @ dZ[start:stop, layout.n_held :]
    gathered = GatheredSum(layout, rows, rows.transposed(10**9))
    assert gathered.dW(0).size == 0
    gathered.dZ(np.empty(0), 0, 70)[...] = dZ

    for way in (scattered, gathered):
        total = np.full(layout.n_parameters, 7.0)
        way.finish(parameters, curvature, total)
        np.testing.assert_allclose(total[: layout.n_weights], expected, rtol=1e-12, atol=1e-12)
        assert (total[layout.n_weights :] == 7).all(), "the intercept's part is left alone"


def test_scattered_sums_take_a_penalty_for_each_weight(rng):
    _, _, layout, _ = drawn(rng, 10, 4, 3)
    parameters, curvature = rng.standard_normal(layout.n_parameters), rng.uniform(0, 1, layout.n_weights)
    scattered, total = ScatteredSum(layout, 2), np.empty(layout.n_parameters)
    for strand in (0, 1):
        scattered.dW(strand)[...] = strand + 1
    scattered.finish(parameters, curvature, total)
    expected = 3 + curvature * parameters[: layout.n_weights]
    np.testing.assert_allclose(total[: layout.n_weights], expected, rtol=1e-12)


def test_scattered_blocks_use_their_own_memory(rng):
    _, _, layout, _ = drawn(rng, 10, 4, 3)
    own = np.empty((8, 3))
    assert ScatteredSum(layout, 2).dZ(own, 0, 8) is own
