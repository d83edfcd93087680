"""One small pool of threads that runs a kernel over ranges of rows.

Every row's result depends on that row alone, so where the ranges are cut changes no bit of the result. A caller's
thread takes ranges itself; the pool's threads only ever run kernels, never wait for one another, and so serve any
number of callers at once. A forked child starts with a pool of its own.
"""

from __future__ import annotations

import ctypes
import itertools
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from pminusy.errors import InputError
from pminusy.kernels.plain import PLAIN
from pminusy.options import is_integer

# Below this many elements, at about a nanosecond each, a second thread costs more to wake than it saves.
SERIAL_ELEMENTS = 40_000
PRODUCTS_PER_ELEMENT = 32  # multiplications that take as long
_RANGES_PER_THREAD = 4

_current_processor: Callable[[], int] | None = None
if hasattr(os, "sched_setaffinity"):
    _current_processor = getattr(ctypes.PyDLL(None), "sched_getcpu", None)

_limit: ContextVar[int | None] = ContextVar("pminusy_threads", default=None)
_pools: dict[int, ThreadPoolExecutor] = {}  # by number of threads
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pools.clear)


def available_cpus() -> int:
    """How many processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def n_threads() -> int:
    """How many threads a call made here would use at most: one where kernels are stepped through."""
    return 1 if PLAIN else _limit.get() or available_cpus()


@contextmanager
def threads(n: int | None) -> Iterator[None]:
    """Limit this block to `n` threads, in the current thread or task only; None leaves the limit unchanged.

    Results are bit-identical for any `n`. Raises InputError for anything but an integer ≥ 1 or None.

    Examples
    --------
    >>> import numpy as np, pminusy
    >>> with pminusy.threads(1):
    ...     pminusy.softmax(np.zeros((1, 4)))
    array([[0.25, 0.25, 0.25, 0.25]])
    """
    if n is not None and not (is_integer(n) and n >= 1):
        raise InputError(f"n: expected an integer ≥ 1 or None, got {n!r}")
    token = _limit.set(_limit.get() if n is None else int(n))
    try:
        yield
    finally:
        _limit.reset(token)


def over_ranges(run: Callable[[int, int], None], n_items: int, elements_each: int) -> None:
    """run(start, stop) over ranges of rows, strands or chunks that cover [0, n_items), in parallel if it is worth it.

    There are several ranges for each thread, and a thread that is done takes the next: one that starts late, or whose
    processor is busy elsewhere, holds up nobody.
    """
    n = min(n_items, n_items * elements_each // SERIAL_ELEMENTS)
    n = min(n, n_threads()) if n > 1 else 1
    if n == 1:
        run(0, n_items)
        return
    n_ranges = min(n_items, n * _RANGES_PER_THREAD)
    numbers = itertools.count()  # `next` is atomic

    def work() -> None:
        while (number := next(numbers)) < n_ranges:
            run(n_items * number // n_ranges, n_items * (number + 1) // n_ranges)

    together(work, n)


def together(work: Callable[[], None], n: int) -> None:
    """work() in n threads at once, the caller's among them."""
    if n == 1:
        work()
        return
    with _one_processor_each() as processors:
        others = _start(n - 1, work, processors)
        try:
            work()
        finally:
            wait(others)  # they write into the caller's arrays
    for other in others:
        other.result()


def _start(n: int, work: Callable[[], None], processors: list[int]) -> list[Future[None]]:
    """Begin `work` on n threads of the pool; on none where the interpreter is shutting down and starts no more."""
    if n not in _pools:
        _pools.setdefault(n, ThreadPoolExecutor(n, thread_name_prefix="pminusy"))

    def work_elsewhere(number: int) -> None:
        if processors:
            _stay_on({processors[number % len(processors)]})
        work()

    try:
        return [_pools[n].submit(work_elsewhere, number) for number in range(n)]
    except RuntimeError:
        return []


@contextmanager
def _one_processor_each() -> Iterator[list[int]]:
    """Hold the caller where it runs, and give the other processors; none where the system does not tell.

    Linux tends to wake a thread on the processor of the one that woke it, and takes milliseconds to part the two:
    longer than most calls last.
    """
    if _current_processor is None or len(os.sched_getaffinity(0)) < 2:
        yield []
        return
    allowed, here = os.sched_getaffinity(0), _current_processor()
    _stay_on({here})
    try:
        yield sorted(allowed - {here})
    finally:
        _stay_on(allowed)


def _stay_on(processors: set[int]) -> None:
    """Keep this thread, and no other, on these processors; a system that forbids it places it as it likes."""
    with suppress(OSError):
        os.sched_setaffinity(0, processors)
