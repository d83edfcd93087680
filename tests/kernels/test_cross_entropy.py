"""The kernel for long rows, and what those for short rows must agree with."""

import numpy as np
import pytest
from scipy.special import log_softmax, softmax

from pminusy.kernels.cross_entropy import (
    dot_below_top,
    label_rows,
    mass_and_negative_mass,
    mass_rows,
    write_gradient,
)
from pminusy.kernels.rows import CHUNK, LANES, scratch_shape

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def expected(Z, Y, weights, z_loss, scale):
    """Losses and scaled gradient of target mass weights·Y, in float64."""
    y = weights[:, None] * Y
    s, lse = y.sum(axis=1), np.log(np.exp(Z).sum(axis=1))
    losses = -(y * log_softmax(Z, axis=1)).sum(axis=1) + z_loss * s * lse**2
    return losses, scale * ((s * (1 + 2 * z_loss * lse))[:, None] * softmax(Z, axis=1) - y)


def close(found, exact, dtype):
    tolerance = 2e-5 if dtype == np.float32 else 1e-11
    for one, other in zip(found, exact, strict=True):
        np.testing.assert_allclose(one, other, tolerance, tolerance)


@DTYPES
@pytest.mark.parametrize("n_classes", [2, 200, CHUNK + 9])
def test_labels_are_rows_of_mass_with_class_weights_and_smoothing(rng, dtype, n_classes):
    N, labels = 6, rng.integers(0, n_classes, 6)
    Z, weights, hit = rng.standard_normal((N, n_classes)).astype(dtype), rng.random(N), rng.random(n_classes)
    shift = (rng.random(n_classes) / n_classes).astype(dtype)
    labels[2] = -1
    dZ, losses, scratch = np.full_like(Z, 9), np.full(N, 9.0), np.empty(scratch_shape(n_classes), dtype)
    total = float(shift.sum(dtype=np.float64))
    label_rows(Z.dtype)(*(Z, labels, -1, hit, shift, total, weights, 0.2, 0.5, scratch, dZ, losses, 0, N))
    Y = np.eye(n_classes)[labels] * hit + shift
    Y[2] = 0
    close((losses, dZ), expected(Z.astype(np.float64), Y, weights, 0.2, 0.5), dtype)


@DTYPES
def test_mass_is_scaled_and_shifted_and_nothing_is_written_where_only_the_value_is_wanted(rng, dtype):
    Z, Y = rng.standard_normal((5, 130)).astype(dtype), rng.random((5, 130)).astype(dtype)
    gain, shift = rng.random(130).astype(dtype), rng.random(130).astype(dtype)
    weights, scratch = np.array([1.0, 0.0, 2.0, 0.5, 3.0]), np.empty(scratch_shape(130), dtype)
    values = []
    for dZ in (np.empty_like(Z), np.empty((0, 130), dtype)):
        losses = np.empty(5)
        mass_rows(Z.dtype)(Z, Y, gain, shift, weights, 0.0, 2.0, scratch, dZ, losses, 0, 5)
        values.append(losses)
        if len(dZ):
            exact = expected(Z.astype(np.float64), gain * Y + shift, weights, 0.0, 2.0)
            close((losses, dZ), exact, dtype)
    np.testing.assert_array_equal(*values)


def test_rows_of_unusable_mass_are_marked(rng):
    Z, Y = rng.standard_normal((4, 150)), rng.random((4, 150))
    Y[1, 3], Y[2, 149] = -1e-9, np.inf
    losses, scratch, none = np.empty(4), np.empty(scratch_shape(150)), np.empty(0)
    mass_rows(Z.dtype)(Z, Y, none, none, np.ones(1), 0.0, 1.0, scratch, np.empty((0, 150)), losses, 0, 4)
    assert np.isneginf(losses).tolist() == [False, True, True, False]


def test_a_class_without_mass_adds_nothing_even_where_it_is_ruled_out():
    y, z, lanes = np.array([0.0, 2.0, 0.0]), np.array([-np.inf, 1.0, 3.0]), np.empty(LANES)
    assert dot_below_top(y, z, 3.0, lanes) == -4.0


def test_mass_and_its_negative_part_are_summed_over_chunks():
    y, lanes, negative = np.ones(CHUNK + 70), np.empty(LANES), np.empty(LANES)
    y[[5, CHUNK + 66]] = -2.0, -0.5
    assert mass_and_negative_mass(y, lanes, negative) == (CHUNK + 68 - 2.5, -2.5)


def test_without_targets_the_gradient_is_the_exponentials_scaled():
    dz, tops = np.array([1.0, 2.0]), np.zeros(1)
    write_gradient(dz, np.empty(0), 5.0, tops, 0.0, 0.25)
    assert dz.tolist() == [0.25, 0.5]
