"""`pminusy serve`."""

from typing import Annotated

import typer


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0 for any that is free.")
    ] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="A name under which others reach this server, such as proofs.example.org; repeatable.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="Checks that run at once.")] = 2,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Proofread derivations in the browser, and explore softmax cross-entropy.

    Nothing is stored, and no other host is contacted. Ctrl+C ends it.
    """
    from pminusy.cli.messages import note
    from pminusy.web.server import run
    from pminusy.web.settings import Settings

    settings = Settings(host=host, port=port, allowed_hosts=tuple(name or ()), workers=workers)
    if not settings.is_local:
        note(
            f"listening at {host}: everyone who can reach this machine can use it, without a password and "
            "without encryption; see docs/serving.md"
        )
    run(settings, started=lambda address: typer.echo(f"Serving at {address}"), open_browser=open_browser)
