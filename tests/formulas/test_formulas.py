"""The oracle itself, held against arbitrary precision and against its own derivatives."""

import numpy as np
import pytest
from mpmath import mp

from pminusy.formulas import cross_entropy, softmax, targets
from pminusy.gradcheck import check_gradient, check_hvp

SHAPES = [(1, 1), (3, 2), (2, 5)]


@pytest.mark.parametrize("shape", SHAPES)
def test_value_agrees_with_arbitrary_precision(rng, shape):
    mp.dps = 40
    Z, Y = 20 * rng.standard_normal(shape), rng.random(shape)
    for z, y, value in zip(Z, Y, cross_entropy.value(Z, Y, 0.01), strict=True):
        lse = mp.log(mp.fsum(mp.exp(float(a)) for a in z))
        s = mp.fsum(float(b) for b in y)
        exact = (
            -mp.fsum(float(b) * (float(a) - lse) for a, b in zip(z, y, strict=True))
            + mp.mpf("0.01") * s * lse**2
        )
        assert value == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize("z_loss", [0.0, 0.1])
@pytest.mark.parametrize("shape", SHAPES)
def test_gradient_and_hvp_and_hessian_belong_together(rng, shape, z_loss):
    Z, Y, V = rng.standard_normal(shape), rng.random(shape), rng.standard_normal(shape)
    gradient = lambda Z: cross_entropy.gradient(Z, Y, z_loss)  # noqa: E731
    assert check_gradient(lambda Z: cross_entropy.value(Z, Y, z_loss).sum(), gradient, Z).ok
    assert check_hvp(gradient, lambda Z, V: cross_entropy.hvp(Z, Y, V, z_loss), Z).ok
    product = np.einsum("nij,nj->ni", cross_entropy.hessian(Z, Y, z_loss), V)
    np.testing.assert_allclose(product, cross_entropy.hvp(Z, Y, V, z_loss), atol=1e-14)


@pytest.mark.parametrize("shape", SHAPES)
def test_softmax_jacobian_is_the_derivative_of_softmax(rng, shape):
    Z, V = rng.standard_normal((2, *shape))
    step = 1e-6
    measured = (softmax.softmax(Z + step * V) - softmax.softmax(Z - step * V)) / (2 * step)
    np.testing.assert_allclose(np.einsum("nij,nj->ni", softmax.softmax_jacobian(Z), V), measured, atol=1e-9)
    np.testing.assert_allclose(softmax.softmax_jvp(Z, V), measured, atol=1e-9)


def test_mass_of_labels_is_mass_of_one_hot_rows(rng):
    weight, labels = rng.random(4), rng.integers(0, 4, 7)
    one_hot = np.eye(4)[labels]
    for smoothing in (0.0, 0.3):
        hit = (1 - smoothing) * weight * one_hot + smoothing / 4 * weight
        np.testing.assert_allclose(targets.mass_of_labels(labels, weight, smoothing), hit)
        np.testing.assert_allclose(targets.mass_of_rows(one_hot, weight, smoothing), hit)
