"""The application served."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from pminusy.errors import InputError
from pminusy.web.app import create_app
from pminusy.web.settings import Settings


def run(settings: Settings, *, started: Callable[[str], None], open_browser: bool = False) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    settings : Settings
    started : function
        Called with the address of the first page once the server listens.
    open_browser : bool, default=False
        Open that page.

    Raises
    ------
    InputError
        The address can't be listened at.
    """
    listening = _listen(settings)
    port = listening.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{port}/"
    config = uvicorn.Config(create_app(settings), log_level="warning", access_log=False, server_header=False)
    server = _Server(config, lambda: _announce(address, started, open_browser))
    with suppress(KeyboardInterrupt):  # which is how it ends
        server.run(sockets=[listening])


def _announce(address: str, started: Callable[[str], None], open_browser: bool) -> None:
    started(address)
    if open_browser:
        webbrowser.open(address)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"host, port: cannot listen at {settings.host}, port {settings.port}: {reason}"
        ) from None
    return listening


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._when_started()
