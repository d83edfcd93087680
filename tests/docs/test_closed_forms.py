"""The closed forms of softmax.md, cross_entropy.md and z_loss.md, tied to formulas/ and to the kernels.

Each claim is written out as on its page, index by index, and held against three others: the oracle in NumPy,
the public function (which runs a kernel), and the definition itself, differentiated by a complex step or
evaluated by mpmath.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray

import pminusy
from pminusy.formulas import cross_entropy as ce_formulas
from pminusy.formulas import softmax as softmax_formulas

Array = NDArray[Any]
EXACT = {"rtol": 1e-11, "atol": 1e-11}


@dataclass(frozen=True)
class Rows:
    Z: Array
    Y: Array
    V: Array
    z_loss: float


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    shape = draw(st.integers(1, 4)), draw(st.integers(1, 7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    Y = rng.uniform(0, 3, shape) * (rng.uniform(size=shape) < 0.7)  # some classes without mass
    return Rows(rng.normal(0, 3, shape), Y, rng.normal(size=shape), draw(st.sampled_from([0.0, 0.01, 0.5])))


def complex_step(f: Callable[[Array], Array], z: Array) -> Array:
    """∂f/∂z_i in the last axis, exact to rounding: no difference is taken."""
    steps = 1e-30j * np.eye(len(z))
    return np.stack([np.imag(f(z + step)) / 1e-30 for step in steps], axis=-1)


# The definitions that the pages start from; they accept complex logits.


def p_of(z: Array) -> Array:
    return np.exp(z) / np.exp(z).sum()


def lse_of(z: Array) -> Array:
    return np.log(np.exp(z).sum())


def loss_of(z: Array, y: Array, z_loss: float) -> Array:
    return -(y * np.log(p_of(z))).sum() + z_loss * y.sum() * lse_of(z) ** 2


def long_way(z: Array, y: Array, z_loss: float) -> Array:
    """Σ_k ∂L/∂p_k ∂p_k/∂z_i with the Jacobian written out, and the z-loss by the product rule."""
    p, K = p_of(z), range(len(z))
    through_p = [sum(-y[k] / p[k] * (p[k] * ((i == k) - p[i])) for k in K) for i in K]
    return np.array(through_p) + 2 * z_loss * y.sum() * lse_of(z) * p


# The claims, index by index.


def jacobian_claim(p: Array) -> Array:
    K = range(len(p))
    return np.array([[p[j] * ((i == j) - p[i]) for i in K] for j in K])


def jvp_claim(p: Array, v: Array) -> Array:
    K = range(len(p))
    return np.array([p[j] * (v[j] - sum(p[i] * v[i] for i in K)) for j in K])


def value_claim(z: Array, y: Array, z_loss: float) -> float:
    s, lse = sum(y), lse_of(z)
    return float(s * lse - sum(y[k] * z[k] for k in range(len(z))) + z_loss * s * lse**2)


def gradient_claim(z: Array, y: Array, z_loss: float) -> Array:
    s, p, lse = sum(y), p_of(z), lse_of(z)
    return np.array([s * (1 + 2 * z_loss * lse) * p[i] - y[i] for i in range(len(z))])


def hessian_claim(z: Array, y: Array, z_loss: float) -> Array:
    s, p, lse, K = sum(y), p_of(z), lse_of(z), range(len(z))
    a, b = s * (1 + 2 * z_loss * lse), 2 * z_loss * s
    return np.array([[a * p[i] * ((i == j) - p[j]) + b * p[i] * p[j] for j in K] for i in K])


def hvp_claim(z: Array, y: Array, v: Array, z_loss: float) -> Array:
    s, p, lse, K = sum(y), p_of(z), lse_of(z), range(len(z))
    m = sum(p[j] * v[j] for j in K)
    return np.array([s * (1 + 2 * z_loss * lse) * p[i] * (v[i] - m) + 2 * z_loss * s * p[i] * m for i in K])


@given(rows())
def test_softmax_and_its_logarithm(x: Rows) -> None:
    P = np.array([p_of(z) for z in x.Z])
    lse = np.array([lse_of(z) for z in x.Z])
    assert_allclose(softmax_formulas.softmax(x.Z), P, **EXACT)
    assert_allclose(softmax_formulas.logsumexp(x.Z), lse, **EXACT)
    assert_allclose(softmax_formulas.log_softmax(x.Z), x.Z - lse[:, None], **EXACT)
    assert_allclose(pminusy.softmax(x.Z), P, **EXACT)
    assert_allclose(pminusy.log_softmax(x.Z), x.Z - lse[:, None], **EXACT)
    for z, p in zip(x.Z, P, strict=True):
        assert_allclose(complex_step(lse_of, z), p, **EXACT)


@given(rows())
def test_jacobian_and_its_products(x: Rows) -> None:
    J = np.array([jacobian_claim(p_of(z)) for z in x.Z])
    Jv = np.array([jvp_claim(p_of(z), v) for z, v in zip(x.Z, x.V, strict=True)])
    assert_allclose(J, [complex_step(p_of, z) for z in x.Z], **EXACT)
    assert_allclose(Jv, np.einsum("nji,ni->nj", J, x.V), **EXACT)
    assert_allclose(softmax_formulas.softmax_jacobian(x.Z), J, **EXACT)
    assert_allclose(softmax_formulas.softmax_jvp(x.Z, x.V), Jv, **EXACT)
    assert_allclose(pminusy.softmax_jacobian(x.Z), J, **EXACT)
    assert_allclose(pminusy.softmax_jvp(x.Z, x.V), Jv, **EXACT)
    assert_allclose(pminusy.softmax_vjp(x.Z, x.V), np.einsum("nji,nj->ni", J, x.V), **EXACT)


@given(rows(), st.floats(-20, 20))
def test_symmetry_shift_and_variance(x: Rows, c: float) -> None:
    J = pminusy.softmax_jacobian(x.Z)
    P = pminusy.softmax(x.Z)
    assert_allclose(J, J.transpose(0, 2, 1), **EXACT)
    assert_allclose(J.sum(axis=2), 0, atol=1e-14)
    assert_allclose(pminusy.softmax(x.Z + c), P, rtol=1e-10)
    assert_allclose(softmax_formulas.logsumexp(x.Z + c), c + softmax_formulas.logsumexp(x.Z), **EXACT)
    mean = (P * x.V).sum(axis=1, keepdims=True)
    variance = (P * (x.V - mean) ** 2).sum(axis=1)
    assert_allclose(np.einsum("nj,nji,ni->n", x.V, J, x.V), variance, **EXACT)


@given(rows())
def test_loss_and_gradient(x: Rows) -> None:
    pairs = list(zip(x.Z, x.Y, strict=True))
    values = [value_claim(z, y, x.z_loss) for z, y in pairs]
    dZ = np.array([gradient_claim(z, y, x.z_loss) for z, y in pairs])
    assert_allclose(values, [loss_of(z, y, x.z_loss) for z, y in pairs], **EXACT)
    assert_allclose(dZ, [long_way(z, y, x.z_loss) for z, y in pairs], **EXACT)
    assert_allclose(dZ, [complex_step(lambda z, y=y: loss_of(z, y, x.z_loss), z) for z, y in pairs], **EXACT)
    assert_allclose(ce_formulas.value(x.Z, x.Y, x.z_loss), values, **EXACT)
    assert_allclose(ce_formulas.gradient(x.Z, x.Y, x.z_loss), dZ, **EXACT)
    loss = pminusy.CrossEntropy(z_loss=x.z_loss, reduction="none")
    kernel_values, kernel_dZ = loss.value_and_gradient(x.Z, x.Y)
    assert_allclose(kernel_values, values, **EXACT)
    assert_allclose(kernel_dZ, dZ, **EXACT)
    lse = softmax_formulas.logsumexp(x.Z)
    assert_allclose(kernel_dZ.sum(axis=1), 2 * x.z_loss * x.Y.sum(axis=1) * lse, **EXACT)


@given(rows())
def test_hessian_and_its_product(x: Rows) -> None:
    pairs = list(zip(x.Z, x.Y, strict=True))
    H = np.array([hessian_claim(z, y, x.z_loss) for z, y in pairs])
    Hv = np.array([hvp_claim(z, y, v, x.z_loss) for (z, y), v in zip(pairs, x.V, strict=True)])
    assert_allclose(H, [complex_step(lambda z, y=y: long_way(z, y, x.z_loss), z) for z, y in pairs], **EXACT)
    assert_allclose(Hv, np.einsum("nij,nj->ni", H, x.V), **EXACT)
    assert_allclose(ce_formulas.hessian(x.Z, x.Y, x.z_loss), H, **EXACT)
    assert_allclose(ce_formulas.hvp(x.Z, x.Y, x.V, x.z_loss), Hv, **EXACT)
    loss = pminusy.CrossEntropy(z_loss=x.z_loss, reduction="none")
    assert_allclose(loss.hessian(x.Z, x.Y), H, **EXACT)
    assert_allclose(loss.hvp(x.Z, x.Y, x.V), Hv, **EXACT)


def test_z_loss_is_convex_only_where_lse_is_not_too_negative() -> None:
    loss, y = pminusy.CrossEntropy(z_loss=0.5, reduction="none"), np.array([[1.0, 0.0, 2.0]])
    z = np.array([[0.3, -1.0, 0.6]])
    z -= softmax_formulas.logsumexp(z)[:, None]  # lse = 0; the border is lse = −1/(2λ) = −1
    assert np.linalg.eigvalsh(loss.hessian(z - 0.99, y)[0])[0] > 0
    assert np.linalg.eigvalsh(loss.hessian(z - 1.01, y)[0])[0] < 0


@given(rows())
def test_value_and_gradient_in_fifty_digits(x: Rows) -> None:
    """Far from 0 as well, where the definition overflows in float64 and mpmath's does not."""
    Z = 300 * x.Z
    loss = pminusy.CrossEntropy(z_loss=x.z_loss, reduction="none")
    values, dZ = loss.value_and_gradient(Z, x.Y)
    with mpmath.workdps(50):
        for z, y, value, dz in zip(Z, x.Y, values, dZ, strict=True):
            e = [mpmath.exp(mpmath.mpf(t)) for t in z]
            lse, s = mpmath.log(mpmath.fsum(e)), mpmath.fsum(y)
            exact = mpmath.fsum(m * (lse - mpmath.mpf(t)) for m, t in zip(y, z, strict=True))
            factor = s * (1 + 2 * mpmath.mpf(x.z_loss) * lse) / mpmath.fsum(e)
            slopes = [factor * t - m for t, m in zip(e, y, strict=True)]
            assert_allclose(value, float(exact + mpmath.mpf(x.z_loss) * s * lse**2), rtol=1e-13, atol=1e-14)
            assert_allclose(dz, np.array(slopes, float), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-11), (np.float32, 1e-4)])
@pytest.mark.parametrize("n_classes", [2, 64, 300, 2048, 5000])
def test_every_shape_of_loop_gives_the_claim(n_classes: int, dtype: type, tolerance: float) -> None:
    """Few classes and many take different kernels; more than a chunk of them a running maximum."""
    rng = np.random.default_rng(n_classes)
    Z = rng.normal(0, 5, (3, n_classes)).astype(dtype)
    Z[:, -1] += 20  # raises the maximum in the last chunk
    Y, V = rng.uniform(0, 2, Z.shape).astype(dtype), rng.normal(size=Z.shape).astype(dtype)
    loss = pminusy.CrossEntropy(z_loss=0.01, reduction="none")
    values, dZ = loss.value_and_gradient(Z, Y)
    Z64, Y64, V64 = (array.astype(np.float64) for array in (Z, Y, V))
    s, P = Y64.sum(axis=1, keepdims=True), np.array([p_of(z) for z in Z64])
    lse = np.array([[lse_of(z)] for z in Z64])
    a, m = s * (1 + 0.02 * lse), (P * V64).sum(axis=1, keepdims=True)
    close = {"rtol": tolerance, "atol": tolerance * float(s.max()) * 0.01}
    assert dZ.dtype == values.dtype == dtype
    assert_allclose(values, [value_claim(z, y, 0.01) for z, y in zip(Z64, Y64, strict=True)], rtol=tolerance)
    assert_allclose(dZ, a * P - Y64, **close)
    assert_allclose(loss.hvp(Z, Y, V), a * P * (V64 - m) + 0.02 * s * P * m, **close)
    assert_allclose(pminusy.softmax_jvp(Z, V), P * (V64 - m), rtol=tolerance, atol=tolerance * 0.1)
