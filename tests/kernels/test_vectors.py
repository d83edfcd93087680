import numpy as np
import pytest
from numba import types

from pminusy.kernels.compile import helper
from pminusy.kernels.plain import PLAIN
from pminusy.kernels.vectors import GROUP, REGISTERS, VectorCode, vector_lanes

pytestmark = pytest.mark.skipif(PLAIN, reason="there is no vector code where nothing is compiled")


def compiled(build, result=types.void):
    """A function of two arrays and a number, made of what `build` does with the code, the arrays and the number."""
    from numba.extending import intrinsic

    @intrinsic
    def emitted(typingctx, x, y, n):
        def generate(context, builder, signature, values):
            code = VectorCode(context, builder, x.dtype)
            arrays = [
                code.array(kind, value) for kind, value in zip(signature.args[:2], values, strict=False)
            ]
            return build(code, *arrays, values[2]) or context.get_dummy_value()

        return (x.dtype if result is None else result)(x, y, types.intp), generate

    return helper(lambda x, y, n: emitted(x, y, n))


DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def lanes(dtype):
    return vector_lanes(types.float32 if dtype == np.float32 else types.float64)


@DTYPES
def test_past_the_first_n_lanes_nothing_is_read_or_written(dtype):
    def copy(code, x, y, n):
        mask, start = code.mask(n), code.index(0)
        code.store_masked(code.load_masked(x.data, start, mask), y.data, start, mask)

    run = compiled(copy)
    for n in range(lanes(dtype) + 1):
        x, y = np.arange(1, 65).astype(dtype), np.zeros(64, dtype)
        run(x, y, n)
        np.testing.assert_array_equal(y, np.where(np.arange(64) < n, x, 0))


@DTYPES
def test_the_sum_of_the_lanes(dtype):
    run = compiled(lambda code, x, y, n: code.lane_sum(code.load(x.data, n)), None)
    x = np.arange(64).astype(dtype) ** 2
    assert run(x, x, 3) == x[3 : 3 + lanes(dtype)].sum()


@DTYPES
def test_elements_of_two_vectors_are_put_in_another_order(dtype):
    width = lanes(dtype)

    def shuffle(code, x, y, n):
        a, b = code.load(x.data, code.index(0)), code.load(x.data, code.index(width))
        code.store(code.shuffle(a, b, [2 * width - 1 - lane for lane in range(width)]), y.data, code.index(0))

    x, y = np.arange(64).astype(dtype), np.zeros(64, dtype)
    compiled(shuffle)(x, y, 0)
    assert y[:width].tolist() == list(range(2 * width - 1, width - 1, -1))


def test_the_code_for_a_size_is_what_runs():
    def write(code, x, y, n):
        code.for_size(n, 4, lambda size: code.builder.store(code.real(float(size)), y.data))

    run = compiled(write)
    for n, expected in ((1, 1.0), (4, 4.0), (0, 0.0), (5, 0.0)):
        y = np.zeros(1)
        run(y, y, n)
        assert y[0] == expected


def test_a_group_of_rows_fits_into_the_registers():
    assert 4 * GROUP + 4 <= REGISTERS
