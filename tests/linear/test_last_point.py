import numpy as np
import pytest

from pminusy.blocks.memory import in_memory
from pminusy.linear.last_point import LastPoint, all_logits
from pminusy.linear.layout import ParameterLayout
from pminusy.losses.softmax import softmax

DOUBLE = np.dtype(np.float64)


def drawn(rng, n_classes, keeps):
    X = rng.standard_normal((9, 4))
    rows = in_memory(X, DOUBLE)
    layout = ParameterLayout.of(rows, n_classes, fit_intercept=True)
    return X, rows, layout, LastPoint(rows, layout, keeps)


@pytest.mark.parametrize("n_classes", [2, 4])
def test_logits_of_classes_that_are_held_are_zero(rng, n_classes):
    X, rows, layout, _ = drawn(rng, n_classes, False)
    W, b = rng.standard_normal((layout.n_free, 4)), rng.standard_normal(layout.n_free)
    Z = all_logits(rows, layout, slice(2, 7), W, b)
    assert Z.shape == (5, n_classes)
    assert not Z[:, : layout.n_held].any()
    np.testing.assert_allclose(Z[:, layout.n_held :], X[2:7] @ W.T + b, rtol=1e-12)


@pytest.mark.parametrize("n_classes", [2, 4])
@pytest.mark.parametrize("chosen", [slice(None), slice(3, 5), np.array([8, 0])])
def test_probabilities_are_the_same_kept_or_computed_again(rng, n_classes, chosen):
    _, rows, layout, computed = drawn(rng, n_classes, False)
    kept = LastPoint(rows, layout, keeps=True)
    parameters = rng.standard_normal(layout.n_parameters)
    Z = all_logits(rows, layout, slice(None), *layout.unpack(parameters))
    for point in (computed, kept):
        point.move_to(parameters)
    kept.block(np.empty(0), 0, 9)[...] = Z
    expected = softmax(Z[chosen])[:, layout.n_held :]
    np.testing.assert_allclose(kept.probabilities(chosen), expected, rtol=1e-12)
    np.testing.assert_allclose(computed.probabilities(chosen), expected, rtol=1e-12)


def test_a_block_is_kept_where_all_are_and_else_the_callers(rng):
    _, rows, layout, point = drawn(rng, 3, False)
    own = np.empty((4, 3))
    assert point.block(own, 2, 6) is own
    kept = LastPoint(rows, layout, keeps=True)
    assert np.shares_memory(kept.block(own, 2, 6), kept.block(own, 0, 9))


def test_it_knows_whether_it_is_at_zero_and_copies_where_it_stands(rng):
    _, _, layout, point = drawn(rng, 3, False)
    assert point.at_zero
    parameters = rng.standard_normal(layout.n_parameters)
    point.move_to(parameters)
    W = point.W.copy()
    parameters[...] = 0
    np.testing.assert_array_equal(point.W, W)
    assert not point.at_zero
    point.move_to(parameters)
    assert point.at_zero
