"""The application put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pminusy.web import api, pages, views
from pminusy.web.answers import HANDLERS
from pminusy.web.pool import Pool
from pminusy.web.security import Guard
from pminusy.web.settings import Settings


def create_app(settings: Settings | None = None) -> Starlette:
    """The pages, the API and the worker processes, as an ASGI application.

    Parameters
    ----------
    settings : Settings, optional

    Returns
    -------
    Starlette

    Examples
    --------
    >>> from starlette.testclient import TestClient
    >>> with TestClient(create_app(), base_url="http://localhost") as client:   # doctest: +SKIP
    ...     client.post("/api/explain", json={"logits": [2.0, 1.0], "target": 0}).json()["loss"]
    0.31326168751822286
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool.start()
        yield
        app.state.pool.close()

    app = Starlette(
        routes=[
            Route("/", pages.proofread),
            Route("/softmax", pages.softmax),
            Route("/api", pages.api),
            Route("/style.css", pages.style),
            Route("/api/openapi.json", api.openapi),
            Route("/api/proofread", api.proofread, methods=["POST"]),
            Route("/api/explain", api.explain, methods=["POST"]),
            Route("/views/proof", views.proof, methods=["POST"]),
            Route("/views/why", views.why, methods=["POST"]),
            Route("/views/copies", views.copies, methods=["POST"]),
            Route("/views/explanation", views.explanation, methods=["POST"]),
            Mount("/static", StaticFiles(directory=str(files("pminusy.web") / "static"))),
        ],
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.pool = Pool(settings)
    return app
