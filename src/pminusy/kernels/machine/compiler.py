"""The compiler's modules, each imported when something is compiled: machine code from a library needs none of them."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class MissingCompilerError(ImportError):
    """Numba is needed and not installed."""


class _Module:
    """Stands for a module until one of its names is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(import_module(self._name), name)
        except ModuleNotFoundError as error:
            if error.name not in ("numba", "llvmlite"):
                raise
            raise MissingCompilerError(
                "expected machine code for this processor in the package, or Numba to compile it; got neither: "
                "install the extra, pip install 'pminusy[jit]'"
            ) from None


numba = _Module("numba")
types = _Module("numba.core.types")
cgutils = _Module("numba.core.cgutils")
registry = _Module("numba.core.registry")
dispatcher = _Module("numba.core.dispatcher")
pipeline = _Module("numba.core.compiler")
compiler_lock = _Module("numba.core.compiler_lock")
caching = _Module("numba.core.caching")
errors = _Module("numba.core.errors")
serialize = _Module("numba.core.serialize")
ccallback = _Module("numba.core.ccallback")
extending = _Module("numba.extending")
arrays = _Module("numba.np.arrayobj")
dtypes = _Module("numba.np.numpy_support")
llvmlite = _Module("llvmlite")
ir = _Module("llvmlite.ir")
binding = _Module("llvmlite.binding")
