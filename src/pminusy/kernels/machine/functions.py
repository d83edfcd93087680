"""What compiled code may call: declared without the compiler, which asks for `_numba_type_` when it meets one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, update_wrapper
from typing import Any

from pminusy.kernels.machine.compiler import extending, numba, registry

# `contract` lets a·b + c become one FMA. Nothing else may change: `exp` relies on (x + M) − M being computed as
# written. Division by zero gives ±∞ or NaN, since a check for it would keep loops scalar. Without Numba's reference
# counts a slice costs nothing; kernels therefore allocate nothing and get their scratch memory from the caller.
OPTIONS = {"fastmath": {"contract"}, "error_model": "numpy", "_nrt": False}


class Helper:
    """A function of the sources, compiled for the types that it is called with; called from Python, too."""

    def __init__(self, function: Callable[..., Any], **options: Any) -> None:
        self.function = function
        self._options = {**OPTIONS, **options}
        update_wrapper(self, function)

    @cached_property
    def dispatcher(self) -> Any:
        """Numba's compiler of it, for Python."""
        return numba.njit(nogil=True, **self._options)(self.function)

    @cached_property
    def _inner(self) -> Any:
        """The same for compiled code, which needs no way in from Python; that takes a fifth of the time."""
        lean = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        return numba.njit(nogil=True, **lean, **self._options)(self.function)

    @property
    def _numba_type_(self) -> Any:
        return self._inner._numba_type_

    def __call__(self, *arguments: Any) -> Any:
        """Run the compiled function."""
        return self.dispatcher(*arguments)


class Shared(Helper):
    """A function of numbers for Python too, which runs it as it is."""

    def __call__(self, *arguments: Any) -> Any:
        """Run the function as it is."""
        return self.function(*arguments)


class _Typed:
    """What Numba knows under a name of its own."""

    @cached_property
    def _numba_type_(self) -> Any:
        context = registry.cpu_target.typing_context
        known = self._declare()
        context.refresh()
        return context.resolve_value_type(known)

    def _declare(self) -> Any:
        """Make it known; what Numba knows."""
        raise NotImplementedError


class Primitive(_Typed):
    """A function whose instructions `build` emits, as for `numba.extending.intrinsic`."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        update_wrapper(self, build)

    def _declare(self) -> Any:
        self._intrinsic = extending.intrinsic(self._build)
        return self._intrinsic

    def __call__(self, *arguments: Any) -> Any:
        """Refuse."""
        raise TypeError(f"{self._build.__name__}: only compiled code can call it")


class ByDtype(_Typed):
    """A function of a number that has an implementation for float32 and one for float64; Python calls `function`."""

    def __init__(
        self, function: Callable[..., Any], single: Callable[..., Any], double: Callable[..., Any]
    ) -> None:
        self.function = function
        self._single, self._double = single, double
        update_wrapper(self, function)

    def _declare(self) -> Any:
        single, double = self._single, self._double

        @extending.overload(self.function, jit_options=OPTIONS)
        def choose(x):
            return single if x == numba.types.float32 else double

        return self.function

    def __call__(self, *arguments: Any) -> Any:
        """Run the function as it is."""
        return self.function(*arguments)


def by_dtype(single: Callable[..., Any], double: Callable[..., Any]) -> Callable[..., ByDtype]:
    """Declare the implementations of a function of one number."""
    return lambda function: ByDtype(function, single, double)
