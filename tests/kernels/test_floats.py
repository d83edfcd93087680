import numpy as np
import pytest

from pminusy.kernels.compile import helper
from pminusy.kernels.exp import LIFT
from pminusy.kernels.floats import clear, lowest, unlift


@helper
def _constants(x, out):
    out[0] = lowest(x)
    out[1] = unlift(x)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_constants_are_those_of_the_dtype(dtype):
    out = np.zeros(2, dtype)
    _constants(np.zeros(1, dtype), out)
    assert out[0] == np.finfo(dtype).min
    assert out[1] * dtype(2) ** LIFT[np.dtype(dtype)] == 1
    assert np.isfinite(out).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_clear_writes_the_first_numbers_only(dtype):
    x = np.full(5, 7, dtype)
    clear(x, 3)
    assert x.tolist() == [0, 0, 0, 7, 7]
