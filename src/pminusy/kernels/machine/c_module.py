"""An LLVM module of functions as C has them, which declares what it uses."""

from __future__ import annotations

from typing import Any

from pminusy.kernels.machine.compiler import ir, registry


class CModule:
    """Functions, variables and texts by their names, for this process's kind of machine."""

    def __init__(self, name: str) -> None:
        self.int32, self.int64 = ir.IntType(32), ir.IntType(64)
        self.pointer, self.double = ir.IntType(8).as_pointer(), ir.DoubleType()
        self.context = registry.cpu_target.target_context
        self.module = self.context.codegen()._create_empty_module(name)

    def function(self, name: str, result: Any, *arguments: Any) -> Any:
        """A function by this name, declared at its first use."""
        if name in self.module.globals:
            return self.module.globals[name]
        return ir.Function(self.module, ir.FunctionType(result, arguments), name)

    def variable(self, name: str, kind: Any) -> Any:
        """A variable by this name, declared at its first use."""
        if name in self.module.globals:
            return self.module.globals[name]
        return ir.GlobalVariable(self.module, kind, name)

    def text(self, content: str) -> Any:
        """A pointer to a string of C."""
        data = bytearray(content.encode() + b"\0")
        constant = ir.Constant(ir.ArrayType(ir.IntType(8), len(data)), data)
        place = ir.GlobalVariable(self.module, constant.type, self.module.get_unique_name("text"))
        place.initializer, place.global_constant, place.linkage = constant, True, "internal"
        return place.bitcast(self.pointer)
