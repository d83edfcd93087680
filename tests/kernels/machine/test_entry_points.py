"""What the functions of a library do with arguments that fit, that are empty, and that don't fit."""

import numpy as np
import pytest

from pminusy.kernels import blas
from pminusy.kernels.kinds import ArrayKind, NumberKind, TupleKind, kinds_of
from pminusy.kernels.machine.catalogue import catalogue
from pminusy.kernels.machine.table import table
from pminusy.kernels.operations import _Code

ITEMS = catalogue()
KERNELS = [item for item in ITEMS.values() if item.kernel is not None]
OPERATIONS = [item for item in ITEMS.values() if item.kernel is None]


def by_name(item):
    return item.name


def argument(kind, dtype, length=0):
    """Zeros of this kind; every axis of an array has this length."""
    if isinstance(kind, TupleKind):
        return kind.type(*(argument(field, dtype, length) for field in kind.fields))
    if isinstance(kind, NumberKind):
        return 0.0 if kind.element.kind == "f" else 0
    return np.zeros((length,) * kind.axes, kind.element or dtype)


def arguments(item, length=0):
    """Arguments of a kernel: those that are named for a routine of BLAS are its address."""
    return [
        getattr(blas, name)(item.dtype) if name.endswith("_address") else argument(kind, item.dtype, length)
        for name, kind in kinds_of(item.function).items()
    ]


@pytest.mark.parametrize("item", KERNELS, ids=by_name)
def test_a_kernel_does_nothing_to_no_rows(built, item):
    if item.name.endswith(("pack_inverse_factor_float32", "pack_inverse_factor_float64")):
        pytest.skip("it has a row to make, not a range of them")
    given = arguments(item)
    if item.name == "kernels_replay_replay":
        given[2] = np.zeros(1, np.int64)
    assert built.kernel(item.name)(*given) is None


@pytest.mark.parametrize("item", OPERATIONS, ids=by_name)
def test_an_operation_does_nothing_to_no_items(built, item):
    kinds = kinds_of(item.function).values()
    arrays = tuple(
        np.zeros((0,) * kind.axes, kind.element or item.dtype)
        if isinstance(kind, ArrayKind)
        else np.zeros(1, kind.element)
        for kind in kinds
    )
    if item.name.startswith("nn_training_loss_add_up"):
        pytest.skip("it adds up one whole step, not a range of items")
    _Code(built.address(item.name))(table(arrays).ctypes.data, 0, 0, 0)


def misfits(kind, dtype):
    """What is not of this kind, and what the error calls it."""
    element = kind.element or dtype
    fits = np.zeros((2,) * kind.axes, element)
    yield from (None, 3, fits.tolist())
    yield np.zeros((2,) * (kind.axes + 1), element)
    yield np.zeros((2,) * kind.axes, np.complex64)
    yield fits.astype(element.newbyteorder("S")) if element.itemsize > 1 else None
    if kind.layout == "C":
        yield np.zeros((4,) * kind.axes, element)[(slice(None, None, 2),) * kind.axes]
    yield (
        np.frombuffer(bytes(1 + fits.nbytes), np.uint8)[1:].view(element).reshape(fits.shape)
        if (element.itemsize > 1)
        else None
    )


@pytest.mark.parametrize("item", KERNELS, ids=by_name)
def test_a_kernel_refuses_arrays_of_another_kind_before_it_touches_them(built, item):
    run = built.kernel(item.name)
    for place, (name, kind) in enumerate(kinds_of(item.function).items()):
        if not isinstance(kind, ArrayKind):
            continue
        for wrong in misfits(kind, item.dtype):
            given = arguments(item)
            given[place] = wrong
            with pytest.raises(TypeError, match=f"{item.name}: {name}: expected .* with {kind.axes} axes"):
                run(*given)


def test_a_kernel_refuses_too_few_and_too_many_arguments(built, dtype):
    item = ITEMS[f"kernels_softmax_softmax_rows_{dtype}"]
    run, given = built.kernel(item.name), arguments(item)
    for wrong in (given[:-1], [*given, 0], []):
        with pytest.raises(TypeError, match="expected 5 arguments"):
            run(*wrong)


@pytest.mark.parametrize(
    ("wrong", "error"), [(1.5, TypeError), ("1", TypeError), (None, TypeError), (2**70, OverflowError)]
)
def test_a_kernel_refuses_numbers_that_are_no_indices(built, wrong, error):
    item = ITEMS["kernels_softmax_softmax_rows_float32"]
    given = arguments(item)
    with pytest.raises(error):
        built.kernel(item.name)(*given[:-1], wrong)


def test_a_tuple_of_arrays_is_taken_apart_and_checked(built, dtype):
    item = ITEMS[f"kernels_linear_logits_pass_{dtype}"]
    run, (rows, *others) = built.kernel(item.name), arguments(item)
    run(rows, *others)
    run(tuple(rows), *others)
    with pytest.raises(TypeError, match=r"rows\[2\]: expected a C-contiguous array of int32 with 1 axes"):
        run(rows._replace(indices=np.zeros(0, np.int64)), *others)
    with pytest.raises(IndexError):
        run(tuple(rows[:3]), *others)
    with pytest.raises(SystemError):
        run(None, *others)


def test_subclasses_of_arrays_read_only_ones_and_numpys_integers_are_taken(built, dtype, tmp_path):
    run = built.kernel(f"kernels_softmax_softmax_rows_{dtype}")
    mapped = np.memmap(tmp_path / "z", dtype, "w+", shape=(2, 4))
    mapped.flags.writeable = False
    P = np.empty((2, 4), dtype)
    run(mapped, np.empty((5, 2048), dtype), P, np.int64(0), np.int8(2))
    assert (P == 0.25).all()
