"""Asking for what lies in memory to be brought near the processor before it is needed."""

from __future__ import annotations

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import arrays, cgutils, ir, types
from pminusy.kernels.plain import primitive

_LINE = 64  # bytes that come together


def emit_prefetch(builder, place):
    """Ask for what lies at a place to be brought into the second-level cache; it need not be there at all."""
    pointer, int32 = ir.IntType(8).as_pointer(), ir.IntType(32)
    signature = ir.FunctionType(ir.VoidType(), [pointer, int32, int32, int32])
    function = cgutils.get_or_insert_function(builder.module, signature, "llvm.prefetch.p0")
    read, second_level, data = (ir.Constant(int32, number) for number in (0, 2, 1))
    builder.call(function, [builder.bitcast(place, pointer), read, second_level, data])


@primitive(plain.prefetch)
def _prefetch(typingctx, array, number):
    def build(context, builder, signature, values):
        data = arrays.make_array(array)(context, builder, values[0]).data
        emit_prefetch(builder, builder.gep(data, [values[1]]))
        return context.get_dummy_value()

    return types.void(array, types.intp), build


@helper
def prefetch(x):
    """Ask for a contiguous vector."""
    for number in range(0, x.size, _LINE // x.itemsize):
        _prefetch(x, number)
