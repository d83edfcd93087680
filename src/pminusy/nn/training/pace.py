"""How many steps to do in one call, and on how many threads.

A call should end often enough for a progress bar and an interrupt, and seldom enough for its own cost not to show. A
second thread pays for large steps; for small ones, waiting for each other may cost more than it saves, which depends on
the machine and on what else runs there. So both are measured, the slower one again and again: the result has the same
bits.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from pminusy.kernels.parallel import n_threads, threads

_SECONDS = 0.1  # of a call
_TRIAL = 0.01  # seconds of a call that only measures
_VALID = 2.0  # seconds until the slower number of threads is tried again
_FAR = 1.5  # times as slow: a single thread will not be the faster one soon


class Pace:
    """The speeds of one kind of step, measured so far."""

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}  # of a step, by number of threads
        self._valid_until: dict[int, float] = {}

    def run(self, run: Callable[[int, int], bool], first: int, last: int) -> tuple[int, bool]:
        """Do some of the steps first to before last; gives the step after, and what `run` said of them."""
        n = self._choose()
        known = n in self._seconds
        stop = min(last, first + (self._n_steps(n) if known else 2))
        with threads(n):
            begin = time.perf_counter()
            going = run(first, stop - first)
            end = time.perf_counter()
        self._seconds[n] = (end - begin) / (stop - first)
        self._valid_until[n] = end + (_VALID if known else 0)  # the first steps ever take longer
        return stop, going

    def _choose(self) -> int:
        candidates = (n_threads(), 1)
        unknown = [n for n in candidates if n not in self._seconds]
        if unknown:
            return unknown[0]
        best = min(candidates, key=lambda n: self._seconds[n])
        for n in candidates:
            hopeless = n == 1 and self._seconds[n] > _FAR * self._seconds[best]
            if n != best and not hopeless and time.perf_counter() >= self._valid_until[n]:
                return n
        return best

    def _n_steps(self, n: int) -> int:
        best = min(self._seconds.values())
        seconds = _SECONDS if self._seconds[n] == best else _TRIAL
        return max(1, int(seconds / best))
