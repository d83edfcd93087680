"""`pminusy predict`."""

from pathlib import Path
from typing import Annotated

import typer


def predict(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="A directory that fit wrote.", show_default=False)
    ],
    data: Annotated[
        str,
        typer.Argument(
            metavar="DATA", help="The rows, as for fit; a target in it is ignored.", show_default=False
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A .csv, .tsv, .parquet or .jsonl file to write. [default: CSV on stdout]"
        ),
    ] = None,
    proba: Annotated[bool, typer.Option("--proba", help="Add the probability of every class.")] = False,
) -> None:
    """Predict the label of every row of a file."""
    from pminusy.runs.output import check_output, write_table
    from pminusy.runs.predict import predict as run

    if out is not None:
        check_output(out, data)
    table = run(directory, data, proba=proba)
    if out is None:
        typer.echo(table.write_csv().encode(), nl=False)
    else:
        write_table(table, out)
        typer.echo(f"Wrote {table.height:,} predictions to {out}")
