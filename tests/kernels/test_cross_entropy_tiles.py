import numpy as np
import pytest

from pminusy.kernels import rows, tiles
from pminusy.kernels.cross_entropy import label_rows, mass_rows
from pminusy.kernels.cross_entropy_tiles import label_tiles, mass_tiles

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])
N = 2 * tiles.ROWS + 3


def both(short, long, Z, *arguments, gradient=True):
    """Losses and gradients by the kernels for short and for long rows, of all rows but the first two."""
    found = []
    for kernel, shape in ((short, tiles.scratch_shape), (long, rows.scratch_shape)):
        dZ = np.zeros_like(Z) if gradient else np.empty((0, Z.shape[1]), Z.dtype)
        losses = np.zeros(len(Z))
        kernel(Z.dtype)(Z, *arguments, np.empty(shape(Z.shape[1]), Z.dtype), dZ, losses, 2, len(Z))
        found.append((losses, dZ))
    return found


def agree(found, dtype):
    tolerance = 1e-5 if dtype == np.float32 else 1e-12
    for one, other in zip(*found, strict=True):
        np.testing.assert_allclose(one, other, tolerance, tolerance)


@DTYPES
@pytest.mark.parametrize("n_classes", [1, 2, 11])
@pytest.mark.parametrize("smoothed", [False, True])
def test_labels_give_what_long_rows_give(rng, dtype, n_classes, smoothed):
    Z, labels = (5 * rng.standard_normal((N, n_classes))).astype(dtype), rng.integers(0, n_classes, N)
    labels[::9] = -5
    shift = (rng.random(n_classes if smoothed else 0)).astype(dtype)
    hit, weights = rng.random(n_classes), rng.random(N)
    found = both(
        label_tiles,
        label_rows,
        Z,
        labels,
        -5,
        hit,
        shift,
        float(shift.sum(dtype=np.float64)),
        weights,
        0.1,
        0.5,
    )
    agree(found, dtype)
    assert not found[0][0][9::9].any()


@DTYPES
@pytest.mark.parametrize("gradient", [False, True])
@pytest.mark.parametrize("changed", [False, True])
def test_mass_gives_what_long_rows_give(rng, dtype, gradient, changed):
    Z, Y = rng.standard_normal((N, 7)).astype(dtype), rng.random((N, 7)).astype(dtype)
    gain, shift = ((rng.random(7) if changed else np.empty(0)).astype(dtype) for _ in range(2))
    weights = np.where(rng.random(N) < 0.2, 0.0, rng.random(N))
    agree(both(mass_tiles, mass_rows, Z, Y, gain, shift, weights, 0.0, 2.0, gradient=gradient), dtype)


def test_rows_of_unusable_mass_are_marked_and_a_row_of_weight_0_is_not(rng):
    Z, Y, none, weights = rng.standard_normal((N, 3)), rng.random((N, 3)), np.empty(0), np.ones(N)
    Y[5, 1], Y[70, 0], Y[90] = -1.0, np.nan, -1.0
    weights[90] = 0
    for losses, _ in both(mass_tiles, mass_rows, Z, Y, none, none, weights, 0.0, 1.0, gradient=False):
        assert np.flatnonzero(np.isneginf(losses)).tolist() == [5, 70]
        assert losses[90] == 0
