"""How a kernel becomes machine code: compiled once for each dtype, cached on disk, called without a dispatcher."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from numba import njit, types
from numba.core.caching import FunctionCache

from pminusy.kernels.code_files import CodeFiles
from pminusy.kernels.kinds import kinds_of
from pminusy.kernels.plain import PLAIN, quiet

# `contract` lets a·b + c become one FMA. Nothing else may change: `exp` relies on (x + M) − M being computed as
# written. Division by zero gives ±∞ or NaN, since a check for it would keep loops scalar. Without Numba's reference
# counts a slice costs nothing; kernels therefore allocate nothing and get their scratch memory from the caller.
OPTIONS = {"fastmath": {"contract"}, "error_model": "numpy", "_nrt": False}
helper = njit(nogil=True, **OPTIONS)

# The rooms whose functions and constants end up in machine code. A kernel uses its own room and those before it.
_COMPILED_ROOMS = ("kernels", "losses", "nn")
_PACKAGE = Path(__file__).parents[1]


def _sources(path: Path) -> list[Path]:
    """A function's own file, and every file whose functions and constants may be inlined into it."""
    own_room = path.relative_to(_PACKAGE).parts[0] if path.is_relative_to(_PACKAGE) else None
    last = _COMPILED_ROOMS.index(own_room) if own_room in _COMPILED_ROOMS else -1
    rooms = _COMPILED_ROOMS[: last + 1] or _COMPILED_ROOMS
    return sorted({path, *(source for room in rooms for source in (_PACKAGE / room).rglob("*.py"))})


@cache
def _stamp(path: Path) -> str:
    """One hash over the sources that a function in this file is compiled from, and over the compiler's versions."""
    digest = hashlib.sha256(repr([numba.__version__, llvmlite.__version__, np.__version__]).encode())
    for source in _sources(path):
        digest.update(source.read_bytes())
    return digest.hexdigest()


class SourceCache(FunctionCache):
    """Numba's disk cache, stale as soon as any source or compiler that its machine code came from differs."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        stamp = _stamp(Path(function.__code__.co_filename))
        self._cache_file = CodeFiles(self._cache_path, self._impl.filename_base, stamp)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Save the machine code for a signature, where its folder can be written to."""
        with suppress(OSError):
            super().save_overload(sig, data)


class Kernel:
    """A kernel: called with a dtype, gives the machine code for it. Its parameters are annotated by their kinds.

    The code trusts its arguments, holds no lock on the interpreter and accepts read-only input, because it is entered
    directly and not through Numba's dispatcher, which would compile once more for every combination of layouts.
    """

    def __init__(self, function: Callable[..., None]) -> None:
        self._function = function
        self.helper = helper(function)  # for other kernels to call
        if not PLAIN:
            with suppress(RuntimeError):  # no folder to cache in can be written: compile in every process
                self.helper._cache = SourceCache(function)
        self._code: dict[np.dtype[Any], Callable[..., None]] = {}

    def __call__(self, dtype: np.dtype[Any]) -> Callable[..., None]:
        """The machine code for logits of this dtype."""
        code = self._code.get(dtype)
        if code is None:
            code = self._code[dtype] = quiet(self._function) if PLAIN else self._compile(dtype)
        return code

    def _compile(self, dtype: np.dtype[Any]) -> Callable[..., None]:
        real = types.float32 if dtype == np.float32 else types.float64
        return self.helper.compile(
            types.void(*(kind.type_for(real) for kind in kinds_of(self._function).values()))
        )


kernel = Kernel
