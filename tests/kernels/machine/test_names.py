import numpy as np
import pytest

from pminusy.kernels.kinds import Integers, Matrix
from pminusy.kernels.machine.names import DTYPES, name_of, real_of
from pminusy.kernels.replay import replay
from pminusy.kernels.softmax import softmax_rows
from pminusy.nn.layers import relu


def test_names_tell_the_place_and_the_dtype_where_it_matters():
    single, double = DTYPES
    assert name_of(softmax_rows._function, single) == "kernels_softmax_softmax_rows_float32"
    assert name_of(relu._forward._function, double) == "nn_layers_relu_forward_float64"
    assert {name_of(replay._function, dtype) for dtype in DTYPES} == {"kernels_replay_replay"}


def test_a_function_from_outside_the_package_has_no_name():
    def own(X: Matrix): ...

    assert name_of(own, np.dtype(np.float32)) is None


@pytest.mark.parametrize(("dtype", "real"), [("f4", "f4"), ("f8", "f8"), ("i8", "f8"), ("u1", "f8")])
def test_arrays_that_are_not_real_go_with_float64(dtype, real):
    assert real_of(np.dtype(dtype)) == np.dtype(real)


def test_without_a_real_kind_there_is_one_name():
    def count(X: Integers): ...

    count.__module__ = "pminusy.kernels.counting"
    assert {name_of(count, dtype) for dtype in DTYPES} == {"kernels_counting_count"}
