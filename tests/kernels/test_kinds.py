from typing import Annotated, NamedTuple

import numpy as np

from pminusy.kernels.kinds import (
    ArrayKind,
    Double,
    Index,
    Integers,
    Matrix,
    NumberKind,
    TupleKind,
    is_real,
    kinds_of,
    parts_of,
)

INT64, FLOAT64 = np.dtype(np.int64), np.dtype(np.float64)


def scale(factor: Double, X: Matrix, places: Integers, n: Index, step, first, last): ...


def test_annotated_parameters_have_kinds_in_order_and_others_have_none():
    expected = {
        "factor": NumberKind(FLOAT64),
        "X": ArrayKind(2),
        "places": ArrayKind(1, INT64),
        "n": NumberKind(INT64),
    }
    assert list(kinds_of(scale).items()) == list(expected.items())


def test_a_kind_of_ones_own_is_an_annotation_too():
    def own(x: Annotated[np.ndarray, ArrayKind(3, np.dtype(np.uint8), "A")]): ...

    assert kinds_of(own)["x"] == ArrayKind(3, np.dtype(np.uint8), "A")


class Pair(NamedTuple):
    values: np.ndarray
    places: np.ndarray


def test_a_tuple_has_parts_and_depends_on_the_real_dtype_where_one_of_them_does():
    fields = ArrayKind(1), ArrayKind(1, INT64)
    assert parts_of(TupleKind(Pair, fields)) == fields
    assert is_real(TupleKind(Pair, fields))
    assert not is_real(TupleKind(Pair, fields[1:]))
    assert [is_real(kind) for kind in kinds_of(scale).values()] == [False, True, False, False]
