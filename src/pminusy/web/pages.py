"""The pages themselves; all that changes on them comes later."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pminusy.web.examples import EXAMPLES
from pminusy.web.openapi import DOCUMENT

_SHEETS = (
    ("pminusy.report", "templates/style.css"),
    ("pminusy.report", "templates/formulas.css"),
    ("pminusy.report", "templates/proof.css"),
    ("pminusy.report", "templates/explanation.css"),
    ("pminusy.web", "static/web.css"),
)


async def proofread(_: Request) -> Response:
    """Text on the left, the derivation on the right."""
    return HTMLResponse(_rendered("proofread.html.j2", examples=EXAMPLES))


async def softmax(_: Request) -> Response:
    """Softmax cross-entropy to play with."""
    return HTMLResponse(_rendered("softmax.html.j2"))


async def api(request: Request) -> Response:
    """What the API takes and returns."""
    origin = str(request.base_url).rstrip("/")
    return HTMLResponse(_rendered("api.html.j2", document=DOCUMENT, origin=origin))


async def style(_: Request) -> Response:
    """The styles of the reports, and those of the pages."""
    return Response(_style(), media_type="text/css")


def _rendered(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pminusy.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return "\n".join((files(package) / path).read_text(encoding="utf-8") for package, path in _SHEETS)
