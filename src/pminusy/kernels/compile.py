"""How a kernel becomes machine code: found in the package's library or compiled, once for each dtype."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np

from pminusy.kernels.machine import just_in_time
from pminusy.kernels.machine.functions import Helper, Shared
from pminusy.kernels.machine.library import library
from pminusy.kernels.machine.names import name_of, real_of
from pminusy.kernels.plain import PLAIN, quiet

_Function = Callable[..., Any]


def helper(function: _Function, **options: Any) -> Any:
    """Mark a function that compiled code calls; `options` are Numba's, beside those that all have."""
    return function if PLAIN else Helper(function, **options)


def shared(function: _Function) -> Any:
    """Mark a function of numbers that compiled code and Python call."""
    return function if PLAIN else Shared(function)


class _KernelHelper(Helper):
    """A kernel that other kernels call."""

    @cached_property
    def dispatcher(self) -> Any:
        """See `Helper`; what it compiles is cached on disk."""
        dispatcher = super().dispatcher
        with suppress(RuntimeError):  # no folder to cache in can be written: compile in every process
            dispatcher._cache = just_in_time.source_cache(self.function)
        return dispatcher

    @property
    def _numba_type_(self) -> Any:
        return self.dispatcher._numba_type_


class Kernel:
    """A kernel: called with a dtype, gives the machine code for it. Its parameters are annotated by their kinds.

    The code trusts its arguments, holds no lock on the interpreter and accepts read-only input.
    """

    def __init__(self, function: Callable[..., None]) -> None:
        self._function = function
        self.helper: Any = function if PLAIN else _KernelHelper(function)  # for other kernels to call
        self._code: dict[np.dtype[Any], Callable[..., None]] = {}

    def __call__(self, dtype: np.dtype[Any]) -> Callable[..., None]:
        """The machine code for logits of this dtype."""
        code = self._code.get(dtype)
        if code is None:
            code = self._code[dtype] = self._made(real_of(dtype))
        return code

    def _made(self, dtype: np.dtype[Any]) -> Callable[..., None]:
        if PLAIN:
            return quiet(self._function)
        name, found = name_of(self._function, dtype), library()
        if found is not None and name is not None and name in found:
            return found.kernel(name)
        return just_in_time.compile_kernel(self.helper, dtype)


kernel = Kernel
