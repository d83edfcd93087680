"""BLAS on one thread, while row blocks are shared out to threads of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from threadpoolctl import OpenBLASController, ThreadpoolController

from pminusy.kernels.blas import load

_lock = threading.Lock()
_inside: list[Any] = []  # for each block that is open, in whatever thread: what restores the limits


@contextmanager
def single_threaded_blas() -> Iterator[None]:
    """BLAS runs on one thread inside; the setting is the process's own, and comes back when the last block ends."""
    with _lock:
        _inside.append(_inside[0] if _inside else _controller().limit(limits=1, user_api="blas"))
    try:
        yield
    finally:
        with _lock:
            limits = _inside.pop()
            if (
                not _inside
            ):  # the thread that comes last need not be the one that came first, which alone may set limits
                OpenBLASController.clear_controlling_thread(force=True)
                limits.restore_original_limits()
                OpenBLASController.clear_controlling_thread(force=True)


@cache
def _controller() -> ThreadpoolController:
    """Found once, when all are loaded: looking through the loaded libraries takes milliseconds."""
    load()
    return ThreadpoolController()
