import os
import subprocess
import sys
from typing import Annotated

import numpy as np
import pytest

from pminusy.kernels.kinds import (
    ArrayKind,
    Cube,
    Double,
    Doubles,
    Images,
    Index,
    Integers,
    Matrix,
    Vector,
)
from pminusy.kernels.machine import just_in_time
from pminusy.kernels.machine.table import table
from pminusy.kernels.operations import operation
from pminusy.nn.program import each_part

Strided = Annotated[np.ndarray, ArrayKind(2, layout="A")]
Truths = Annotated[np.ndarray, ArrayKind(1, np.dtype(np.bool_))]


@operation
def gather(
    v: Vector, M: Matrix, C: Cube, X: Images, number: Doubles, count: Integers, out: Vector, step, first, last
):
    """One number out of every kind of array."""
    for i in range(first, last):
        out[0], out[1], out[2], out[3] = v[i], M[i, 1], C[i, 1, 2], X[i, 1, 2, 3]
        out[4], out[5] = number[i], count[i]


@operation
def shapes(X: Images, out: Integers, step, first, last):
    """The shape of an array of four axes, and the step and the range."""
    for axis in range(4):
        out[axis] = X.shape[axis]
    out[4], out[5], out[6] = step, first, last


@operation
def copy_strided(X: Strided, Y: Matrix, step, first, last):
    for i in range(first, last):
        for j in range(Y.shape[1]):
            Y[i, j] = X[i, j]


@operation
def count_true(mask: Truths, out: Integers, step, first, last):
    for i in range(first, last):
        out[0] += mask[i]


@operation
def scale(factor: Double, number: Index, x: Vector, step, first, last):
    for i in range(first, last):
        x[i] = factor * number


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_accessors_find_arrays_of_every_kind(rng, dtype):
    arrays = [rng.standard_normal((6, 5, 4, 4)[: axes + 1]).astype(dtype) for axes in range(4)]
    numbers, counts, out = rng.standard_normal(6), rng.integers(0, 99, 6), np.zeros(6, dtype)
    for i in range(6):
        each_part_of(gather, i, *arrays, numbers, counts, out)
        expected = [
            arrays[0][i],
            arrays[1][i, 1],
            arrays[2][i, 1, 2],
            arrays[3][i, 1, 2, 3],
            numbers[i],
            counts[i],
        ]
        np.testing.assert_array_equal(out, np.array(expected, dtype))


def each_part_of(operation, i, *arrays):
    """Do item i alone."""
    arguments = table(arrays)
    call(operation.address(arrays[-1].dtype), arguments, 0, i, i + 1)


def call(address, arguments, step, first, last):
    from ctypes import CFUNCTYPE, c_ssize_t, c_void_p

    CFUNCTYPE(None, c_void_p, c_ssize_t, c_ssize_t, c_ssize_t)(address)(
        arguments.ctypes.data, step, first, last
    )


def test_shapes_step_and_range_arrive():
    X, out = np.zeros((2, 3, 5, 7)), np.zeros(7, np.int64)
    call(shapes.address(X.dtype), table((X, out)), 11, 13, 17)
    assert out.tolist() == [2, 3, 5, 7, 11, 13, 17]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_strided_arrays(rng, dtype):
    whole = rng.standard_normal((6, 8)).astype(dtype)
    for X in (whole, whole.T, whole[::2, ::-1], np.lib.stride_tricks.sliding_window_view(whole[0], 3)):
        Y = np.empty(X.shape, dtype)
        each_part(copy_strided, len(X), X, Y)
        np.testing.assert_array_equal(Y, X)


def test_elements_of_other_types():
    out = np.zeros(1, np.int64)
    each_part(count_true, 5, np.array([True, False, True, True, False]), out)
    assert out[0] == 3


def test_numbers_come_in_arrays_of_one():
    x = np.zeros(2)
    each_part(scale, 2, np.array([0.5]), np.array([-3]), x)
    assert x.tolist() == [-1.5, -1.5]


def test_slots_are_the_parameters_in_order():
    assert list(scale.slots) == ["factor", "number", "x"]


def test_arrays_that_are_not_as_many_as_the_slots_are_refused():
    with pytest.raises(ValueError, match="scale: expected 3 arrays, factor, number, x; got 1"):
        each_part(scale, 2, np.zeros(2))


def test_compiled_once_for_each_dtype():
    single, double = gather.address(np.dtype(np.float32)), gather.address(np.dtype(np.float64))
    assert single != double
    assert gather.address(np.dtype(np.float32)) == single


def test_works_where_no_cache_can_be_written(monkeypatch):
    def refuse(function):
        raise RuntimeError("no locator available")

    monkeypatch.setattr(just_in_time, "source_cache", refuse)
    out = np.zeros(1, np.int64)
    each_part(operation(_count), 4, out)
    assert out[0] == 4


def _count(out: Integers, step, first, last):
    for _ in range(first, last):
        out[0] += 1


def test_machine_code_is_kept_on_disk_for_the_next_process(tmp_path):
    relu = (
        "import numpy as np; from pminusy.nn import ReLU; print(ReLU().forward(np.array([[-1.0, 2.0]]))[0])"
    )
    environment = {
        **os.environ,
        "NUMBA_CACHE_DIR": str(tmp_path),
        "NUMBA_DEBUG_CACHE": "1",
        "PMINUSY_KERNELS": "jit",
    }
    outputs = [
        subprocess.run(
            [sys.executable, "-c", relu], env=environment, capture_output=True, text=True, check=True
        )
        for _ in range(2)
    ]
    first, second = (output.stdout for output in outputs)
    assert "data saved" in first
    assert "data loaded" in second
    assert "data saved" not in second
    assert first.splitlines()[-1] == second.splitlines()[-1] == "[[0. 2.]]"
