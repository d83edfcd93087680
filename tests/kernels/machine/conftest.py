import numpy as np
import pytest

from pminusy.kernels.machine.library import library


@pytest.fixture
def built():
    """The library that this process uses."""
    found = library()
    if found is None:
        pytest.skip("nothing was compiled ahead: kernels are compiled just in time here")
    return found


@pytest.fixture(params=[np.float32, np.float64], ids=["float32", "float64"])
def dtype(request):
    return np.dtype(request.param)
