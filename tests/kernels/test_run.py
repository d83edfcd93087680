import numpy as np
import pytest

import pminusy
from pminusy.kernels.run import MAX_TILE_CLASSES, run_kernel
from pminusy.kernels.softmax import softmax_rows, softmax_tiles


def _refused(dtype):
    raise AssertionError("this kernel is for rows of another length")


@pytest.mark.parametrize(
    ("n_classes", "kernels"),
    [(MAX_TILE_CLASSES, (softmax_tiles, _refused)), (MAX_TILE_CLASSES + 1, (_refused, softmax_rows))],
)
def test_the_number_of_classes_decides_which_kernel_runs(rng, n_classes, kernels):
    Z = rng.standard_normal((70, n_classes))
    P = np.empty_like(Z)
    run_kernel(*kernels, (Z,), (P,))
    np.testing.assert_allclose(P.sum(axis=1), 1, rtol=1e-12)


@pytest.mark.parametrize("n_classes", [3, 300])
def test_threads_change_no_bit(rng, n_classes):
    Z, results = rng.standard_normal((20_000, n_classes)).astype(np.float32), []
    for n in (1, 3):
        P = np.empty_like(Z)
        with pminusy.threads(n):
            run_kernel(softmax_tiles, softmax_rows, (Z,), (P,))
        results.append(P)
    np.testing.assert_array_equal(*results)
