"""The functions of a library that are called from outside, as LLVM modules: a thin skin around each kernel.

A kernel is a function of Python (`METH_FASTCALL`), which takes arrays apart by the layout of NumPy's array objects,
checks that each is of the kind that the kernel expects, and runs the kernel without the interpreter's lock. An
operation is a C function of (table, step, first, last). Python's own functions are those of its stable interface, so
that a library serves every version; `support` defines the two words that depend on the interpreter, which are set when
a library has been loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pminusy.kernels.kinds import NumberKind, kinds_of
from pminusy.kernels.machine.arguments import ARRAY_TYPE, HEADER, ArgumentReader
from pminusy.kernels.machine.c_module import CModule
from pminusy.kernels.machine.catalogue import Item
from pminusy.kernels.machine.compiler import ir, types
from pminusy.kernels.machine.just_in_time import kernel_arguments

_METH_FASTCALL = 0x80


def support() -> str:
    """The module that every library has once: what depends on the interpreter."""
    code = CModule("support")
    for name, kind in ((HEADER, code.int64), (ARRAY_TYPE, code.pointer)):
        code.variable(name, kind).initializer = ir.Constant(kind, 0 if kind == code.int64 else None)
    return str(code.module)


def entry_point(item: Item, function: str) -> str:
    """The module with the entry into this item, whose machine code is the Numba function of that name."""
    build: Callable[..., str] = _operation_entry if item.kernel is None else _kernel_entry
    return build(item, function)


def _operation_entry(item: Item, function: str) -> str:
    code = CModule(item.name)
    signature = types.void(types.CPointer(types.uint8), types.intp, types.intp, types.intp)
    entry = code.function(item.name, ir.VoidType(), code.pointer, *[code.int64] * 3)
    builder = ir.IRBuilder(entry.append_basic_block())
    _call(code, builder, function, signature, entry.args)
    builder.ret_void()
    return str(code.module)


def _kernel_entry(item: Item, function: str) -> str:
    code = CModule(item.name)
    kinds = kinds_of(item.function)
    entry = code.function(
        f"{item.name}_entry", code.pointer, code.pointer, code.pointer.as_pointer(), code.int64
    )
    entry.linkage = "internal"
    builder = ir.IRBuilder(entry.append_basic_block())
    reader = ArgumentReader(code, builder, item)
    reader.expect(
        builder.icmp_signed("==", entry.args[2], ir.Constant(code.int64, len(kinds))),
        f"{item.name}: expected {len(kinds)} arguments",
    )
    values = []
    for i, (name, kind) in enumerate(kinds.items()):
        values.append(reader.read(name, kind, builder.load(builder.gep(entry.args[1], [code.int64(i)]))))
    if any(isinstance(kind, NumberKind) for kind in kinds.values()):
        reader.pass_error_on()
    signature = types.void(*kernel_arguments(item.function, item.dtype))
    state = builder.call(code.function("PyEval_SaveThread", code.pointer), [])
    _call(code, builder, function, signature, values)
    builder.call(code.function("PyEval_RestoreThread", ir.VoidType(), code.pointer), [state])
    none = code.variable("_Py_NoneStruct", ir.IntType(8))
    builder.call(code.function("Py_IncRef", ir.VoidType(), code.pointer), [none])
    builder.ret(none)
    _define_method(code, item.name, entry)
    return str(code.module)


def _define_method(code: CModule, name: str, entry: Any) -> None:
    """The PyMethodDef of a kernel, from which Python makes a function."""
    fields = [code.pointer, code.pointer, code.int32, code.pointer]
    method = code.variable(name, ir.LiteralStructType(fields))
    no_docstring = ir.Constant(code.pointer, None)
    flags = ir.Constant(code.int32, _METH_FASTCALL)
    method.initializer = ir.Constant.literal_struct(
        [code.text(name), entry.bitcast(code.pointer), flags, no_docstring]
    )


def _call(code: CModule, builder: Any, function: str, signature: Any, values: Any) -> None:
    """Call a function that Numba has compiled, none of which raises."""
    convention = code.context.call_conv
    kind = convention.get_function_type(signature.return_type, signature.args)
    callee = code.function(function, kind.return_type, *kind.args)
    if signature.args and isinstance(signature.args[0], types.CPointer):
        values = [builder.bitcast(values[0], callee.args[2].type), *values[1:]]
    convention.call_function(builder, callee, signature.return_type, signature.args, values)
