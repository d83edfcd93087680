from typing import NamedTuple

import numpy as np
import pytest
from numba import types

from pminusy.kernels.kinds import ArrayKind, Double, Index, Matrix, NumberKind, TupleKind
from pminusy.kernels.machine.just_in_time import kernel_arguments, numba_type, operation_code


class Pair(NamedTuple):
    values: np.ndarray
    places: np.ndarray


@pytest.mark.parametrize(("dtype", "real"), [(np.float32, types.float32), (np.float64, types.float64)])
def test_kinds_become_types(dtype, real):
    dtype = np.dtype(dtype)
    assert numba_type(ArrayKind(2), dtype) == types.Array(real, 2, "C")
    assert numba_type(ArrayKind(3, np.dtype(np.uint8), "A"), dtype) == types.Array(types.uint8, 3, "A")
    assert numba_type(NumberKind(np.dtype(np.int64)), dtype) == types.int64
    pair = TupleKind(Pair, (ArrayKind(1), ArrayKind(1, np.dtype(np.int32))))
    arrays = [types.Array(real, 1, "C"), types.Array(types.int32, 1, "C")]
    assert numba_type(pair, dtype) == types.NamedTuple(arrays, Pair)


def scale(factor: Double, X: Matrix, first: Index): ...


def test_the_arguments_of_a_kernel_are_its_parameters():
    found = kernel_arguments(scale, np.dtype(np.float32))
    assert found == (types.float64, types.Array(types.float32, 2, "C"), types.intp)


def test_the_code_of_an_operation_goes_by_its_name_and_takes_a_table():
    entry, arguments = operation_code(scale, np.dtype(np.float32))
    assert (entry.__qualname__, entry.__module__) == (scale.__qualname__, scale.__module__)
    assert arguments == (types.CPointer(types.float32), types.intp, types.intp, types.intp)
