"""One small pool of threads that runs a kernel over ranges of rows.

Every row's result depends on that row alone, so where the ranges are cut changes no bit of the result. A caller's
thread takes one range itself; the pool's threads only ever run kernels, never wait for one another, and so serve any
number of callers at once. A forked child starts with a pool of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar

# Below this many elements a second thread costs more to wake than it saves.
SERIAL_ELEMENTS = 40_000

_limit: ContextVar[int | None] = ContextVar("pminusy_threads", default=None)
_pools: dict[int, ThreadPoolExecutor] = {}  # by number of threads
os.register_at_fork(after_in_child=_pools.clear)


def available_cpus() -> int:
    """How many processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def n_threads() -> int:
    """How many threads a call made here would use at most."""
    return _limit.get() or available_cpus()


@contextmanager
def threads(n: int | None) -> Iterator[None]:
    """Use at most `n` threads inside this block, in this thread or task only; None leaves it as it is.

    Results have the same bits whatever `n` is.

    Examples
    --------
    >>> import numpy as np, pminusy
    >>> with pminusy.threads(1):
    ...     pminusy.softmax(np.zeros((1, 4)))
    array([[0.25, 0.25, 0.25, 0.25]])
    """
    token = _limit.set(_limit.get() if n is None else n)
    try:
        yield
    finally:
        _limit.reset(token)


def over_rows(run: Callable[[int, int], None], n_rows: int, elements_per_row: int) -> None:
    """run(start, stop) over ranges that cover [0, n_rows), in parallel where there is work enough."""
    n = min(n_threads(), n_rows, max(1, n_rows * elements_per_row // SERIAL_ELEMENTS))
    if n <= 1:
        run(0, n_rows)
        return
    borders = [n_rows * part // n for part in range(n + 1)]
    if n not in _pools:
        _pools.setdefault(n, ThreadPoolExecutor(n - 1, thread_name_prefix="pminusy"))
    others = [_pools[n].submit(run, borders[part], borders[part + 1]) for part in range(1, n)]
    run(borders[0], borders[1])
    wait(others)
    for other in others:
        other.result()
