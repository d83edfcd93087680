"""Object code of kernels and operations, for one level: run in a process of its own, which Numba compiles for.

    python -m pminusy.kernels.machine.emit FOLDER SHARE SHARES

Numba learns the level from NUMBA_CPU_NAME and NUMBA_CPU_FEATURES when it is imported. Each item is compiled as it would
be just in time, so that both ways give the same bits. Of its module everything but the item becomes internal; what is
then not called goes, and the rest is emitted as code that can lie at any address.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pminusy.kernels.machine.catalogue import Item, catalogue
from pminusy.kernels.machine.compiler import (
    binding,
    compiler_lock,
    dispatcher,
    numba,
    pipeline,
    registry,
    types,
)
from pminusy.kernels.machine.entry_points import entry_point, support
from pminusy.kernels.machine.functions import OPTIONS
from pminusy.kernels.machine.just_in_time import kernel_arguments, operation_code


def emit(folder: Path, share: int, shares: int) -> None:
    """Write the object files of every item whose number is `share` of so many, and of the support for the first."""
    machine = _Machine()
    if share == 0:
        folder.joinpath("support.o").write_bytes(machine.object_code(binding.parse_assembly(support())))
    for item in list(catalogue().values())[share::shares]:
        folder.joinpath(f"{item.name}.o").write_bytes(machine.object_code(_module(item)))


def _module(item: Item) -> Any:
    """A module with the item's entry point alone to be called from outside."""
    compiled = _compile(item)
    module = _optimised(compiled.library)
    module.link_in(binding.parse_assembly(entry_point(item, compiled.fndesc.llvm_func_name)))
    for value in (*module.functions, *module.global_variables):
        if not value.is_declaration and value.name != item.name:
            value.linkage = "internal"
    return module


def _compile(item: Item) -> Any:
    """What Numba makes of the function, before it is linked with what it calls."""
    function: Any
    if item.kernel is None:
        function, arguments = operation_code(item.function, item.dtype)
    else:
        function, arguments = item.function, kernel_arguments(item.function, item.dtype)
    compiler = dispatcher._FunctionCompiler(
        function, registry.cpu_target, {"nogil": True, **OPTIONS}, {}, pipeline.Compiler
    )
    compiler._customize_flags = _for_other_code_only
    with compiler_lock.global_compiler_lock:
        return compiler.compile(arguments, types.void)


def _for_other_code_only(flags: Any) -> Any:
    flags.no_cpython_wrapper = flags.no_cfunc_wrapper = flags.no_compile = True
    return flags


def _optimised(library: Any) -> Any:
    """The module of a library, linked and optimised as `finalize` would, but not made machine code for this process."""
    with compiler_lock.global_compiler_lock:
        module = library._final_module
        for other in dict.fromkeys(library._linking_libraries):
            module.link_in(other._get_module_for_linking(), preserve=True)
        library._optimize_final_module()
        module.verify()
    return module


class _Machine:
    """Emits object code for the level that Numba compiles for."""

    def __init__(self) -> None:
        binding.initialize_native_target()
        binding.initialize_native_asmprinter()
        target = binding.Target.from_triple(binding.get_process_triple())
        self._machine = target.create_target_machine(
            cpu=numba.config.CPU_NAME,
            features=numba.config.CPU_FEATURES,
            opt=3,
            reloc="pic",
            codemodel="default",
        )

    def object_code(self, module: Any) -> bytes:
        """The ELF file of a module, without what nothing in it calls."""
        passes = binding.create_new_module_pass_manager()
        passes.add_global_dead_code_eliminate_pass()
        options = binding.create_pipeline_tuning_options(speed_level=1)
        passes.run(module, binding.create_pass_builder(self._machine, options))
        return bytes(self._machine.emit_object(module))


if __name__ == "__main__":
    emit(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
