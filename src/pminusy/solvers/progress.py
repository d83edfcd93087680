"""Who wants to hear of every iteration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pminusy.solvers.result import Record

Listener = Callable[[Record], None]
_listeners: ContextVar[tuple[Listener, ...]] = ContextVar("pminusy_listeners", default=())
_last: ContextVar[Record | None] = ContextVar("pminusy_last_record", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Inside this block, `listener` is called with the record of every iteration of any solver run in this thread."""
    token = _listeners.set((*_listeners.get(), listener))
    try:
        yield
    finally:
        _listeners.reset(token)


@contextmanager
def continuing(last: Record | None) -> Iterator[None]:
    """Inside this block, a solver goes on with the run whose last record this is; None for a run of its own."""
    token = _last.set(last)
    try:
        yield
    finally:
        _last.reset(token)


def tell(record: Record) -> None:
    """Pass a record on to everyone who is listening; the start of a run that is continued is known already."""
    last = _last.get()
    if last is not None:
        if not record.iteration:
            return
        record = record.after(last)
    for listener in _listeners.get():
        listener(record)
