"""What runs in a worker process: one job after another, within a limit of memory."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from pminusy.errors import PminusyError


class Job(NamedTuple):
    """A function of `pminusy.web.jobs` and what it is called with."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class Done(NamedTuple):
    """What a job returned."""

    value: Any


class Refused(NamedTuple):
    """Why a job couldn't be done: something about its input."""

    reason: str


class OutOfMemory(NamedTuple):
    """The job needed more memory than it may have."""


def serve(connection: Connection, memory: int) -> None:
    """Do the jobs that arrive until the connection closes.

    Parameters
    ----------
    connection : multiprocessing.connection.Connection
        Jobs arrive on it, and `Done`, `Refused` or `OutOfMemory` go back.
    memory : int
        Bytes that this process may allocate beyond what it holds at the start.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt ends the server, which ends its workers
    _limit_memory(memory)
    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        connection.send(_answer(job))


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    # With many processors, the stacks of a BLAS's threads alone may be larger than the limit.
    limit = memory + _held()
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _held() -> int:
    """The bytes that count for the limit already, as Linux tells them."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^VmData:\s+(\d+) kB", status, re.MULTILINE)
    return 1024 * int(found[1]) if found else 0


def _answer(job: Job) -> Done | Refused | OutOfMemory:
    try:
        return Done(job.function(*job.arguments))
    except MemoryError:
        return OutOfMemory()
    except PminusyError as error:
        return Refused(str(error))
