"""`pminusy predict`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pminusy.cli.option_groups import takes_options
from pminusy.cli.reading_options import READING_PARAMETERS, reading_options


@takes_options(data=READING_PARAMETERS)
def predict(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Model directory written by fit.", show_default=False)
    ],
    data: Annotated[
        str,
        typer.Argument(
            metavar="DATA",
            help="Rows to predict, as for fit; a target column is ignored.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Output file: .csv, .tsv, .parquet or .jsonl. [default: CSV on stdout]"
        ),
    ] = None,
    proba: Annotated[bool, typer.Option("--proba", help="Also write the probability of each class.")] = False,
    escape_formulas: Annotated[
        bool,
        typer.Option(
            "--escape-formulas",
            help="Put an apostrophe before labels that a spreadsheet would take for a formula (CSV and TSV).",
        ),
    ] = False,
    **given: Any,
) -> None:
    """Predict a label for each row of a data file, read as the training data were unless options say otherwise."""
    reading = reading_options(given)
    from pminusy.runs import output
    from pminusy.runs.predict import predict as run

    if out is not None:
        output.check_output(out, data)
        if escape_formulas:
            output.check_escapable(out)
    table = run(directory, data, proba=proba, reading=reading())
    if escape_formulas:
        table = output.escape_formulas(table)
    if out is None:
        typer.echo(table.write_csv().encode(), nl=False)
    else:
        output.write_table(table, out)
        typer.echo(f"Wrote {table.height:,} predictions to {out}")
