"""From a request to a job to an answer, and from what goes wrong to a sentence with a status."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pminusy.web.bodies import BadBody
from pminusy.web.pool import Busy, JobRefused, JobTooLarge, Pool, WorkerDied
from pminusy.web.security import BodyTooLarge, too_large

_RETRY_AFTER = "1"
_CLIENT_GONE = 499  # as nginx logs it; nobody reads this answer


async def answer(request: Request, function: Callable[..., Any], *arguments: Any) -> Response:
    """Run a job for a request, and stop it when the client goes away.

    Parameters
    ----------
    request : Request
        Its body has been read.
    function, *arguments
        As `Pool.run` takes them.

    Returns
    -------
    Response
        The result as JSON.
    """
    pool: Pool = request.app.state.pool
    job = asyncio.create_task(pool.run(function, *arguments))
    gone = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait((job, gone), return_when=asyncio.FIRST_COMPLETED)
        return JSONResponse(await job) if job.done() else Response(status_code=_CLIENT_GONE)
    finally:
        for task in (job, gone):
            task.cancel()
        await asyncio.gather(job, gone, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, BadBody)
    return JSONResponse({"error": str(error)}, error.status)


def _job_refused(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 422)


def _job_too_large(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"The check was stopped: it {error}. Try a shorter text."}, 422)


def _died(_: Request, error: Exception) -> Response:
    reason = f"{str(error).capitalize()}. Another has taken its place; please try again."
    return JSONResponse({"error": reason}, 500)


def _busy(_: Request, __: Exception) -> Response:
    reason = "Too many checks at once. Please try again in a moment."
    return JSONResponse({"error": reason}, 503, headers={"Retry-After": _RETRY_AFTER})


def _body_too_large(request: Request, _: Exception) -> Response:
    return too_large(request.app.state.settings.body)


HANDLERS = {
    BadBody: _refused,
    JobRefused: _job_refused,
    JobTooLarge: _job_too_large,
    WorkerDied: _died,
    Busy: _busy,
    BodyTooLarge: _body_too_large,
}
"""What becomes of each error."""
