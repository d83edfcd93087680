"""BLAS on one thread, while row blocks are shared out to threads of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController

_lock = threading.Lock()
_inside: list[
    Any
] = []  # one entry for each block that is open, in whatever thread; the first holds what to restore


@contextmanager
def single_threaded_blas() -> Iterator[None]:
    """BLAS runs on one thread inside; the setting is the process's own, and comes back when the last block ends."""
    with _lock:
        _inside.append(None if _inside else _controller().limit(limits=1, user_api="blas"))
    try:
        yield
    finally:
        with _lock:
            if len(_inside) == 1:
                _inside.pop().restore_original_limits()
            else:
                _inside.pop()


@cache
def _controller() -> ThreadpoolController:
    """Found once: looking through the loaded libraries takes milliseconds."""
    return ThreadpoolController()
