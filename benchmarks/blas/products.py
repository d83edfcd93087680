"""The products of a linear classifier's training, and who computes them: on one core, into arrays that are given.

X is (N, D) samples, W (D, K) weights, dZ (N, K) a gradient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from pminusy.kernels.blas import gemm, gemm_address, syrk, syrk_address
from pminusy.kernels.compile import Kernel, kernel
from pminusy.kernels.kinds import Index, Matrix


@kernel
def _logits(address: Index, X: Matrix, W: Matrix, Z: Matrix):
    gemm(address, 1.0, X, False, W, False, 0.0, Z)


@kernel
def _gradient(address: Index, X: Matrix, dZ: Matrix, dW: Matrix):
    gemm(address, 1.0, X, True, dZ, False, 0.0, dW)


@kernel
def _gram(address: Index, X: Matrix, H: Matrix):
    syrk(address, 1.0, X, 0.0, H)


@dataclass(frozen=True)
class Product:
    """Our code for it, NumPy's, the BLAS routine behind both, and the shapes of the factors and of the result."""

    name: str
    code: Kernel
    numpy: Callable[..., object]
    routine: str
    shapes: tuple[tuple[int, int], ...]
    operations: int


def logits(n: int, d: int, k: int) -> Product:
    return Product(
        f"X·W, {n}×{d} · {d}×{k}", _logits, lambda X, W, Z: np.matmul(X, W, out=Z),
        "gemm", ((n, d), (d, k), (n, k)), 2 * n * d * k,
    )  # fmt: skip


def gradient(n: int, d: int, k: int) -> Product:
    return Product(
        f"Xᵀ·dZ, {d}×{n} · {n}×{k}", _gradient, lambda X, dZ, dW: np.matmul(X.T, dZ, out=dW),
        "gemm", ((n, d), (n, k), (d, k)), 2 * n * d * k,
    )  # fmt: skip


def gram(n: int, d: int) -> Product:
    return Product(
        f"lower triangle of XᵀX, {d}×{n} · {n}×{d}", _gram, lambda X, H: np.matmul(X.T, X, out=H),
        "syrk", ((n, d), (d, d)), n * d * (d + 1),
    )  # fmt: skip


def competitors(product: Product, dtype: np.dtype) -> list[Callable[[], object]]:
    """SciPy's BLAS called from compiled code, and NumPy's matmul; both agree, or it stops."""
    rng = np.random.default_rng(0)
    *factors, result = (rng.standard_normal(shape).astype(dtype) for shape in product.shapes)
    address = {"gemm": gemm_address, "syrk": syrk_address}[product.routine](dtype)
    runs = [partial(product.code(dtype), address, *factors, result), partial(product.numpy, *factors, result)]
    results = []
    for run in runs:
        run()
        results.append(np.tril(result) if product.routine == "syrk" else result.copy())
    np.testing.assert_allclose(*results, rtol=0, atol=1e-3 if dtype == np.float32 else 1e-11)
    return runs


BLOCKS = (10, 32, 58, 100, 1000)  # classes
PRODUCTS = (
    logits(2048, 2048, 2048),
    *(logits(640, 784, k) for k in BLOCKS),
    *(gradient(640, 784, k) for k in BLOCKS),
    gram(640, 784),
)
