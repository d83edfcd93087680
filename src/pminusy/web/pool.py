"""A fixed number of worker processes that jobs are handed to, with limits of time and of the queue."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from pminusy.web.settings import Settings
from pminusy.web.worker import Job, OutOfMemory, Refused, serve


class JobError(Exception):
    """A job has no result; the message says why."""


class JobRefused(JobError):
    """The input of the job is invalid."""


class JobTooLarge(JobError):
    """The job took more time or memory than one request may take."""


class WorkerDied(JobError):
    """The process died; another has taken its place."""


class Busy(JobError):
    """All processes work and as many jobs wait as may."""


class Pool:
    """Worker processes, forked from one that has imported all they need, so that a new one is there in milliseconds.

    Parameters
    ----------
    settings : Settings
        `workers`, `waiting`, `seconds` and `memory`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["pminusy.web.jobs"])
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._waiting = 0

    def start(self) -> None:
        """Start the processes."""
        for _ in range(self._settings.workers):
            self._idle.put_nowait(self._new_worker())

    def close(self) -> None:
        """End the processes that are idle."""
        while not self._idle.empty():
            self._idle.get_nowait().kill()

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function of `pminusy.web.jobs` in a worker process. If cancelled, the process is replaced.

        Parameters
        ----------
        function : function
        *arguments : object
            They are pickled, as is the result.

        Returns
        -------
        object
            What the function returned.

        Raises
        ------
        JobRefused, JobTooLarge, WorkerDied, Busy
        """
        async with self._worker() as worker:
            answer = await worker.answer(Job(function, arguments), self._settings.seconds)
        if isinstance(answer, Refused):
            raise JobRefused(answer.reason)
        if isinstance(answer, OutOfMemory):
            raise JobTooLarge(f"took more than {self._settings.memory // 1_000_000} MB of memory")
        return answer.value

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator[_Worker]:
        worker = await self._next_idle()
        try:
            if not worker.alive:
                worker.kill()
                worker = self._new_worker()
            yield worker
        except BaseException:
            # It is still at work, or dead: what it would answer next belongs to nobody.
            worker.kill()
            worker = self._new_worker()
            raise
        finally:
            self._idle.put_nowait(worker)

    async def _next_idle(self) -> _Worker:
        if self._idle.empty() and self._waiting >= self._settings.waiting:
            raise Busy("all workers are busy")
        self._waiting += 1
        try:
            return await self._idle.get()
        finally:
            self._waiting -= 1

    def _new_worker(self) -> _Worker:
        return _Worker(self._context, self._settings.memory)


class _Worker:
    def __init__(self, context: multiprocessing.context.ForkServerContext, memory: int) -> None:
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, memory), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether the process still runs: the system may have ended it while it was idle."""
        return self._process.is_alive()

    async def answer(self, job: Job, seconds: float) -> Any:
        try:
            self._connection.send(job)
            await asyncio.wait_for(self._readable(), seconds)
            return self._connection.recv()
        except TimeoutError:
            raise JobTooLarge(f"took more than {seconds:g} s") from None
        except (EOFError, OSError):
            raise WorkerDied("the process that checked this has died") from None

    async def _readable(self) -> None:
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._connection.fileno(), ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(self._connection.fileno())

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()
