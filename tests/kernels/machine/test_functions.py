import numpy as np
import pytest

from pminusy.kernels.machine.compiler import types
from pminusy.kernels.machine.functions import Helper, Primitive, Shared, by_dtype
from pminusy.kernels.plain import PLAIN

pytestmark = pytest.mark.skipif(PLAIN, reason="nothing is compiled")


@Helper
def half(x):
    """Half of it."""
    return x / 2


@Shared
def rounded_up(n):
    return (n + 7) // 8 * 8


@Primitive
def minus(typingctx, x):
    def build(context, builder, signature, arguments):
        return builder.fneg(arguments[0])

    return x(x), build


def _single(x):
    return np.float32(32)


def _double(x):
    return 64.0


@by_dtype(_single, _double)
def bits(x):
    return "python"


@Helper
def all_of_them(x, n):
    return minus(half(x)), bits(x), rounded_up(n)


def test_compiled_code_calls_all_kinds_of_functions():
    assert all_of_them(3.0, 9) == (-1.5, 64.0, 16)
    assert all_of_them(np.float32(3), 16) == (-1.5, 32.0, 16)


def test_python_calls_a_helper_compiled_and_others_as_they_are():
    assert half(3.0) == 1.5
    assert (types.float64,) in half.dispatcher.signatures
    assert rounded_up(1) == 8
    assert bits(1.0) == "python"
    with pytest.raises(TypeError, match="minus: only compiled code can call it"):
        minus(1.0)


def test_a_function_keeps_its_name_and_docstring():
    assert (half.__name__, half.__doc__) == ("half", "Half of it.")


def test_options_of_ones_own_come_on_top():
    unordered = Helper(half.function, fastmath={"reassoc"})
    assert unordered.dispatcher.targetoptions["fastmath"] == {"reassoc"}
    assert half.dispatcher.targetoptions["fastmath"] == {"contract"}
