"""The arguments of a kernel out of Python's objects: NumPy's arrays by their layout in memory, checked first.

    PyArrayObject   header | data, nd, dimensions, strides, base, descr, flags
    PyArray_Descr   header | type object, kind, type, byte order, flags, type number

An object's type is the last word of its header, whose size depends on the interpreter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pminusy.kernels.kinds import ArrayKind, Kind, TupleKind
from pminusy.kernels.machine.c_module import CModule
from pminusy.kernels.machine.catalogue import Item
from pminusy.kernels.machine.compiler import arrays, ir
from pminusy.kernels.machine.just_in_time import numba_type

HEADER, ARRAY_TYPE = "pminusy_header", "pminusy_array_type"  # set when a library has been loaded
_CONTIGUOUS, _ALIGNED = 0x1, 0x100  # NPY_ARRAY_…
_DATA, _AXES, _SHAPE, _STRIDES, _DESCR, _FLAGS = 0, 8, 16, 24, 40, 48
_BYTE_ORDER, _TYPE_NUMBER = 10, 12
_SWAPPED = ord(">")


class ArgumentReader:
    """Emits code that reads the arguments of a kernel, or returns with an exception."""

    def __init__(self, code: CModule, builder: Any, item: Item) -> None:
        self._code, self._builder, self._item = code, builder, item
        self._header = builder.load(code.variable(HEADER, code.int64))

    def read(self, name: str, part: Kind, value: Any) -> Any:
        """The array, number or tuple of arrays that an object holds."""
        if isinstance(part, TupleKind):
            return self._tuple(name, part, value)
        if isinstance(part, ArrayKind):
            return self._array(name, part, value)
        return self._double(value) if part.element.kind == "f" else self._index(value)

    def expect(self, holds: Any, message: str) -> None:
        """Raise a TypeError where something doesn't hold."""
        code, builder = self._code, self._builder
        with builder.if_then(builder.not_(holds), likely=False):
            error = builder.load(code.variable("PyExc_TypeError", code.pointer))
            say = code.function("PyErr_SetString", ir.VoidType(), code.pointer, code.pointer)
            builder.call(say, [error, code.text(message)])
            builder.ret(ir.Constant(code.pointer, None))

    def pass_error_on(self) -> None:
        """Return where Python has raised an exception."""
        code, builder = self._code, self._builder
        error = builder.call(code.function("PyErr_Occurred", code.pointer), [])
        none = ir.Constant(code.pointer, None)
        with builder.if_then(builder.icmp_unsigned("!=", error, none), likely=False):
            builder.ret(none)

    def _tuple(self, name: str, kind: TupleKind, value: Any) -> Any:
        code, builder = self._code, self._builder
        item_of = code.function("PyTuple_GetItem", code.pointer, code.pointer, code.int64)
        fields = []
        for i, field in enumerate(kind.fields):
            found = builder.call(item_of, [value, code.int64(i)])
            with builder.if_then(
                builder.icmp_unsigned("==", found, ir.Constant(code.pointer, None)), likely=False
            ):
                builder.ret(ir.Constant(code.pointer, None))
            fields.append(self._array(f"{name}[{i}]", field, found))
        return code.context.make_tuple(builder, numba_type(kind, self._item.dtype), fields)

    def _double(self, value: Any) -> Any:
        code = self._code
        return self._builder.call(code.function("PyFloat_AsDouble", code.double, code.pointer), [value])

    def _index(self, value: Any) -> Any:
        code = self._code
        overflow = self._builder.load(code.variable("PyExc_OverflowError", code.pointer))
        convert = code.function("PyNumber_AsSsize_t", code.int64, code.pointer, code.pointer)
        return self._builder.call(convert, [value, overflow])

    def _array(self, name: str, kind: ArrayKind, value: Any) -> Any:
        element = kind.element or self._item.dtype
        layout = "a C-contiguous" if kind.layout == "C" else "an"
        expected = f"{layout} array of {element} with {kind.axes} axes"
        message = f"{self._item.name}: {name}: expected {expected}"
        self.expect(self._is_array(value), message)
        self.expect(self._fits(value, kind, element), message)
        return self._parts(value, kind, element)

    def _field(self, thing: Any, offset: int, kind: Any) -> Any:
        """What lies so many bytes behind an object's header."""
        builder = self._builder
        place = builder.gep(thing, [builder.add(self._header, ir.Constant(self._code.int64, offset))])
        return builder.load(builder.bitcast(place, kind.as_pointer()))

    def _is_array(self, value: Any) -> Any:
        code, builder = self._code, self._builder
        own, expected = (
            self._field(value, -8, code.pointer),  # an object's type is the last word of its header
            builder.load(code.variable(ARRAY_TYPE, code.pointer)),
        )
        exact = builder.icmp_unsigned("==", own, expected)
        before = builder.block
        with builder.if_then(builder.not_(exact), likely=False):
            is_subtype = code.function("PyType_IsSubtype", code.int32, code.pointer, code.pointer)
            inherited = builder.icmp_signed(
                "!=", builder.call(is_subtype, [own, expected]), ir.Constant(code.int32, 0)
            )
            inside = builder.block
        result = builder.phi(ir.IntType(1))
        result.add_incoming(exact, before)
        result.add_incoming(inherited, inside)
        return result

    def _fits(self, value: Any, kind: ArrayKind, element: np.dtype[Any]) -> Any:
        code, builder, byte = self._code, self._builder, ir.IntType(8)
        axes = builder.icmp_signed(
            "==", self._field(value, _AXES, code.int32), ir.Constant(code.int32, kind.axes)
        )
        wanted = ir.Constant(code.int32, _ALIGNED | (_CONTIGUOUS if kind.layout == "C" else 0))
        flags = builder.and_(self._field(value, _FLAGS, code.int32), wanted)
        descr = self._field(value, _DESCR, code.pointer)
        order, number = self._field(descr, _BYTE_ORDER, byte), self._field(descr, _TYPE_NUMBER, code.int32)
        holds = [
            axes,
            builder.icmp_unsigned("==", flags, wanted),
            builder.icmp_unsigned("!=", order, ir.Constant(byte, _SWAPPED)),
            self._is_one_of(number, _type_numbers(element)),
        ]
        result = holds[0]
        for other in holds[1:]:
            result = builder.and_(result, other)
        return result

    def _is_one_of(self, number: Any, numbers: list[int]) -> Any:
        builder = self._builder
        found = [builder.icmp_signed("==", number, ir.Constant(self._code.int32, n)) for n in numbers]
        result = found[0]
        for other in found[1:]:
            result = builder.or_(result, other)
        return result

    def _parts(self, value: Any, kind: ArrayKind, element: np.dtype[Any]) -> Any:
        code, builder = self._code, self._builder
        array_type = numba_type(kind, self._item.dtype)
        words = code.int64.as_pointer()
        shape, strides = (self._field(value, offset, words) for offset in (_SHAPE, _STRIDES))
        data = self._field(value, _DATA, code.pointer)
        array = arrays.make_array(array_type)(code.context, builder)
        arrays.populate_array(
            array,
            data=builder.bitcast(data, array.data.type),
            shape=[builder.load(builder.gep(shape, [code.int64(axis)])) for axis in range(kind.axes)],
            strides=[builder.load(builder.gep(strides, [code.int64(axis)])) for axis in range(kind.axes)],
            itemsize=ir.Constant(code.int64, element.itemsize),
            meminfo=None,
        )
        return array._getvalue()


def _type_numbers(element: np.dtype[Any]) -> list[int]:
    """NumPy's numbers of a dtype: C has more than one name for some."""
    return sorted({np.dtype(letter).num for letter in "?bBhHiIlLqQfd" if np.dtype(letter) == element})
