"""The API: the JSON of the command line, for other programs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pminusy.web import jobs
from pminusy.web.answers import answer
from pminusy.web.bodies import json_object, page_of, row_of
from pminusy.web.openapi import DOCUMENT


async def proofread(request: Request) -> Response:
    """Proofread a page; as `pminusy proofread --json`."""
    return await answer(request, jobs.proof_json, page_of(await json_object(request)))


async def explain(request: Request) -> Response:
    """Work one row out; as `pminusy explain --json`."""
    return await answer(request, jobs.explanation, *row_of(await json_object(request)))


async def openapi(_: Request) -> Response:
    """The description of the API, as OpenAPI."""
    return JSONResponse(DOCUMENT)
