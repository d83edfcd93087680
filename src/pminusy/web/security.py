"""What every request must satisfy and every answer carries: known hosts, small bodies, a strict content policy."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pminusy.web.settings import Settings

_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuse unknown hosts (a defence against DNS rebinding) and large bodies, and add the security headers.

    Parameters
    ----------
    app : ASGI application
    settings : Settings
        `hosts` and `body`.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection, as ASGI prescribes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope))
        app = self._app if refusal is None else refusal
        await app(scope, _Limited(receive, self._settings.body), _with_headers(send))

    def _refusal(self, headers: Headers) -> JSONResponse | None:
        host = _name(headers.get("host", ""))
        if host not in self._settings.hosts:
            return JSONResponse({"error": f"Host: {host[:80]!r} is not a name of this server"}, 421)
        length = headers.get("content-length", "0")
        if length.isascii() and length.isdigit() and int(length[:20]) > self._settings.body:
            return too_large(self._settings.body)
        return None


class BodyTooLarge(Exception):
    """A body without a declared length turned out to be too large."""


class _Limited:
    """Receive a body of a limited size."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise BodyTooLarge
        return message


def too_large(limit: int) -> JSONResponse:
    """The answer to a body that is too large."""
    return JSONResponse({"error": f"body: expected at most {limit // 1000} kB"}, 413)


def _name(host: str) -> str:
    """The name in a `Host` header, without the port and the brackets of an IPv6 address."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return sending
