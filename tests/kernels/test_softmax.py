import numpy as np
import pytest
from scipy import special

from pminusy.kernels import rows, softmax, tiles

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])
SHAPES = {"tiles": tiles.scratch_shape, "rows": rows.scratch_shape}


def run(name, form, Z, *arguments):
    """Rows 1 to before the last by the kernel for long or for short rows; the others are not to be touched."""
    out = np.full_like(Z, 7)
    code = getattr(softmax, f"{name}_{form}")(Z.dtype)
    code(Z, *arguments, np.empty(SHAPES[form](Z.shape[1]), Z.dtype), out, 1, len(Z) - 1)
    assert (out[[0, -1]] == 7).all()
    return out[1:-1]


def close(found, expected):
    tolerance = 2e-5 if found.dtype == np.float32 else 1e-12
    np.testing.assert_allclose(found, expected, tolerance, tolerance)


@DTYPES
@pytest.mark.parametrize("form", SHAPES)
@pytest.mark.parametrize("n_classes", [1, 2, 65, 3000])
def test_softmax_and_its_logarithm_are_the_formulas(rng, dtype, form, n_classes):
    Z = (8 * rng.standard_normal((70, n_classes))).astype(dtype)
    exact = Z[1:-1].astype(np.float64)
    close(run("softmax", form, Z), special.softmax(exact, axis=1))
    close(run("log_softmax", form, Z), special.log_softmax(exact, axis=1))


@DTYPES
@pytest.mark.parametrize("form", SHAPES)
def test_a_hessian_product_is_that_of_the_gradient(rng, dtype, form):
    """By the product with J for each row: H v = a·p∘v + b·p⟨p, v⟩ with the factors of the z-loss."""
    Z, V = (rng.standard_normal((68, 40)).astype(dtype) for _ in range(2))
    masses, z_loss = rng.random(68), 0.3
    masses[5] = 0
    found = run("curvature", form, Z, V, masses, z_loss)
    z, v, s = Z[1:-1].astype(np.float64), V[1:-1].astype(np.float64), masses[1:-1, None]
    p, lse = special.softmax(z, axis=1), np.log(np.exp(z).sum(axis=1, keepdims=True))
    a = s * (1 + 2 * z_loss * lse)
    close(found, a * p * v + (2 * z_loss * s - a) * p * (p * v).sum(axis=1, keepdims=True))
    assert not found[4].any()


@pytest.mark.parametrize("form", SHAPES)
def test_one_mass_serves_all_rows(rng, form):
    Z, V = rng.standard_normal((6, 4)), rng.standard_normal((6, 4))
    one, each = (run("curvature", form, Z, V, np.full(n, 0.5), 0.0) for n in (1, 6))
    np.testing.assert_array_equal(one, each)
    np.testing.assert_allclose(one.sum(axis=1), 0, atol=1e-15)
