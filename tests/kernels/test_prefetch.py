import numpy as np
import pytest

from pminusy.kernels.prefetch import prefetch


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
@pytest.mark.parametrize("size", [0, 1, 7, 1000])
def test_asking_for_a_vector_changes_nothing(dtype, size):
    x = np.arange(size).astype(dtype)
    prefetch(x)
    np.testing.assert_array_equal(x, np.arange(size))
