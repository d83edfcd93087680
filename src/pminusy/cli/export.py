"""`pminusy export`."""

from pathlib import Path
from typing import Annotated

import typer


def export(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Model directory written by fit.", show_default=False)
    ],
    onnx: Annotated[Path, typer.Option(metavar="FILE", help="ONNX file to write.", show_default=False)],
) -> None:
    """Write a model, its preprocessing included, for other runtimes: as ONNX."""
    from pminusy.runs.export import export_onnx

    inputs = export_onnx(directory, onnx)
    typer.echo(f"Wrote {onnx}")
    for kind in dict.fromkeys(kind for _, kind in inputs):
        names = ", ".join(name for name, other in inputs if other == kind)
        typer.echo(f"inputs of type {kind}: {names}")
    typer.echo("outputs: label, probabilities")
