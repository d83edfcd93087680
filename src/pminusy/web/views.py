"""What the pages ask for while they are used."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pminusy.web import jobs
from pminusy.web.answers import answer
from pminusy.web.bodies import json_object, page_of, row_of, step_of


async def proof(request: Request) -> Response:
    """A page checked: its steps as HTML, and where they are in the text."""
    return await answer(request, jobs.proof_view, page_of(await json_object(request)))


async def why(request: Request) -> Response:
    """Why a step follows, as HTML."""
    page, step = step_of(await json_object(request))
    return await answer(request, jobs.step_reasons, page, step)


async def copies(request: Request) -> Response:
    """A page checked: the forms in which the result can be taken along."""
    return await answer(request, jobs.proof_copies, page_of(await json_object(request)))


async def explanation(request: Request) -> Response:
    """A row worked out: its tables as HTML, and its numbers."""
    return await answer(request, jobs.explanation_view, *row_of(await json_object(request)))
