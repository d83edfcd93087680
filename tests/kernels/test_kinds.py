from typing import Annotated

import numpy as np
import pytest
from numba import types

from pminusy.kernels.kinds import ArrayKind, Double, Index, Integers, Matrix, kinds_of


def scale(factor: Double, X: Matrix, places: Integers, n: Index, step, first, last): ...


def test_annotated_parameters_have_kinds_in_order_and_others_have_none():
    assert list(kinds_of(scale)) == ["factor", "X", "places", "n"]


@pytest.mark.parametrize("real", [types.float32, types.float64])
def test_a_kind_gives_the_type_for_a_real_dtype(real):
    found = [kind.type_for(real) for kind in kinds_of(scale).values()]
    assert found == [types.float64, types.Array(real, 2, "C"), types.Array(types.int64, 1, "C"), types.intp]


def test_a_kind_of_ones_own_is_an_annotation_too():
    def own(x: Annotated[np.ndarray, ArrayKind(3, types.uint8, "A")]): ...

    assert kinds_of(own)["x"].type_for(types.float32) == types.Array(types.uint8, 3, "A")
