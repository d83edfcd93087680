"""Who wants to hear of every iteration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pminusy.solvers.result import Record

Listener = Callable[[Record], None]
_listeners: ContextVar[tuple[Listener, ...]] = ContextVar("pminusy_listeners", default=())


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Inside this block, `listener` is called with the record of every iteration of any solver run in this thread."""
    token = _listeners.set((*_listeners.get(), listener))
    try:
        yield
    finally:
        _listeners.reset(token)


def tell(record: Record) -> None:
    """Pass a record on to everyone who is listening."""
    for listener in _listeners.get():
        listener(record)
