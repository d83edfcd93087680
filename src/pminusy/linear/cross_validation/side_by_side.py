"""Jobs in threads, all stopped soon after one fails or the caller is interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from pminusy.solvers.progress import listening
from pminusy.solvers.result import Record

T = TypeVar("T")


class _StoppedError(Exception):
    """Ends a solver whose result nobody waits for any more."""


def side_by_side(jobs: Sequence[Callable[[], T]], n_threads: int) -> list[T]:
    """The results of the jobs, in their order; the first error of any is raised once all have ended."""
    stop = threading.Event()

    def go_on(_: Record) -> None:
        if stop.is_set():
            raise _StoppedError

    def run(job: Callable[[], T]) -> T:
        with listening(go_on):
            return job()

    with ThreadPoolExecutor(n_threads, thread_name_prefix="pminusy-fold") as pool:
        try:
            futures = [pool.submit(run, job) for job in jobs]
            for future in as_completed(futures):
                future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            stop.set()
    return [future.result() for future in futures]
