"""What differs between float32 and float64, as constants inside a kernel."""

from __future__ import annotations

import numpy as np

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.exp import LIFT
from pminusy.kernels.machine.compiler import dtypes
from pminusy.kernels.plain import primitive


def _constant(value_for, type_for):
    @primitive(plain.constant(value_for))
    def constant(typingctx, array):
        dtype, result = dtypes.as_dtype(array.dtype), type_for(array)

        def build(context, builder, signature, arguments):
            return context.get_constant(result, value_for(dtype))

        return result(array), build

    return constant


# lowest(array): the most negative finite value of its dtype. A maximum starts there, so that −∞ − top is −∞, not NaN.
lowest = _constant(lambda dtype: np.finfo(dtype).min, lambda array: array.dtype)

# unlift(array): 2^−LIFT in its dtype. Takes the lift out of a sum of lifted exponentials, exactly.
unlift = _constant(lambda dtype: 2.0 ** -LIFT[dtype], lambda array: array.dtype)


@helper
def clear(vector, n):
    """vector[:n] = 0, which Numba would compile far more slowly."""
    for j in range(n):
        vector[j] = 0
