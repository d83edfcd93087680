import math

import numpy as np
import pytest

from pminusy.errors import InputError
from pminusy.nn.initialization import initial_weights, zeros


def weights(name, fans=(300, 500), dtype=np.float64, shape=(300, 500)):
    return initial_weights(name, shape, fans, np.dtype(dtype), np.random.default_rng(1))


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
@pytest.mark.parametrize(("kind", "variance"), [("he", 2 / 300), ("glorot", 2 / 800)])
def test_the_variance_is_that_of_the_fans(kind, variance, distribution):
    W = weights(f"{kind}_{distribution}")
    assert W.var() == pytest.approx(variance, rel=0.02)
    assert abs(W.mean()) < 1e-3
    bound = math.sqrt(3 * variance)
    assert (np.abs(W).max() <= bound) == (distribution == "uniform")


def test_fans_are_not_the_shape_where_a_window_is_shared():
    assert weights("he_normal", fans=(27, 16), shape=(9, 3, 4000)).var() == pytest.approx(2 / 27, rel=0.02)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_is_kept(dtype):
    assert weights("glorot_uniform", dtype=dtype).dtype == dtype
    assert zeros((3,), np.dtype(dtype)).dtype == dtype
    assert not zeros((2, 3), np.dtype(dtype)).any()


def test_no_inputs_are_no_division_by_zero():
    assert weights("he_normal", fans=(0, 3), shape=(0, 3)).shape == (0, 3)


def test_other_names_are_refused():
    with pytest.raises(InputError, match=r"init: expected one of he_normal, .*, got 'xavier'"):
        weights("xavier")
