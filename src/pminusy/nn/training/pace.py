"""How many steps to do in one call, and on how many threads.

A call should end often enough for a progress bar and an interrupt, and seldom enough for its own cost not to show. A
second thread pays for large steps; for small ones, waiting for each other may cost more than it saves, which depends on
the machine and on what else runs there. So both are measured, again in every epoch but for a single thread that was far
behind: the result has the same bits.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from pminusy.kernels.parallel import n_threads, threads

_SECONDS = 0.1  # of a call
_TRIAL = 0.01  # seconds of a call that only measures
_FAR = 1.5  # times as slow: a single thread will not be the fastest soon


class Pace:
    """The speeds measured so far."""

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}  # of a step, by number of threads

    def begin_epoch(self) -> None:
        """Measure again what may have become the fastest."""
        alone, best = self._seconds.get(1, 0.0), min(self._seconds.values(), default=0.0)
        self._measured = {1} if alone > _FAR * best else set()

    def run(self, run: Callable[[int, int], bool], first: int, last: int) -> tuple[int, bool]:
        """Do some of the steps first to before last; gives the step after, and what `run` said of them."""
        n = self._choose()
        seconds = self._seconds.get(n)
        trial = n not in self._measured
        wanted = 2 if seconds is None else max(1, int((_TRIAL if trial else _SECONDS) / seconds))
        stop = min(last, first + wanted)
        with threads(n):
            begin = time.perf_counter()
            going = run(first, stop - first)
            end = time.perf_counter()
        if seconds is None or stop - first > 1:  # a step by itself takes longer
            self._seconds[n] = (end - begin) / (stop - first)
        if seconds is not None:
            self._measured.add(n)
        return stop, going

    def _choose(self) -> int:
        candidates = (n_threads(), 1)
        for n in candidates:
            if n not in self._measured:
                return n
        return min(candidates, key=lambda n: self._seconds[n])
