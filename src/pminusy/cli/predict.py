"""`pminusy predict`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pminusy.cli.messages import note
from pminusy.cli.option_groups import takes_options
from pminusy.cli.reading_options import READING_PARAMETERS, reading_options
from pminusy.runs.options import STREAM, BeyondMemory

if TYPE_CHECKING:
    import polars as pl

    from pminusy.datasets import Reading, Sources


@takes_options(data=READING_PARAMETERS)
def predict(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Model directory written by fit.", show_default=False)
    ],
    data: Annotated[
        list[str],
        typer.Argument(
            metavar="DATA...",
            help="Rows to predict, as for fit, or - for standard input; a target column is ignored.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Output file: .csv, .tsv, .parquet or .jsonl. [default: -, CSV on stdout]"
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
    stream: Annotated[
        bool,
        typer.Option(
            "--stream",
            help="Read and write in pieces of rows, whatever their size. [default: where the data would take more "
            "than --memory]",
        ),
    ] = False,
    memory: Annotated[
        str | None,
        typer.Option(
            metavar="SIZE",
            help="Memory that the data may take, such as '4 GB'. [default: half of the machine's]",
        ),
    ] = None,
    **given: Any,
) -> None:
    """Predict a label for each row of a data file, read as the training data were unless options say otherwise."""
    reading = reading_options(given)
    from pminusy.datasets import find_sources
    from pminusy.runs import output
    from pminusy.runs.standard_input import with_standard_input

    to_stdout = out is None or str(out) == "-"
    if out is not None and not to_stdout and escape_formulas:
        output.check_escapable(out)
    how = _How(proba, escape_formulas, reading())
    with with_standard_input(data) as names:
        sources = find_sources(names)
        if out is not None and not to_stdout:
            output.check_output(out, sources.files)
        tables = _tables(directory, sources, how, BeyondMemory(stream=stream, memory=memory), quiet=to_stdout)
        if out is None or to_stdout:
            for number, table in enumerate(tables):
                typer.echo(table.write_csv(include_header=not number).encode(), nl=False)
        else:
            n_rows = output.write_tables(tables, out)
            typer.echo(f"Wrote {n_rows:,} predictions to {out}")


@dataclass(frozen=True)
class _How:
    proba: bool
    escape_formulas: bool
    reading: "Reading"


def _tables(
    directory: Path, sources: "Sources", how: _How, beyond: BeyondMemory, *, quiet: bool
) -> "Iterator[pl.DataFrame]":
    """The answers, all at once or some at a time; how far they are is shown unless standard output takes them."""
    from pminusy.runs import output
    from pminusy.runs.needed_memory import why_in_pieces
    from pminusy.runs.predict import predict as run
    from pminusy.runs.predict import predict_in_pieces

    why = why_in_pieces(sources, beyond)
    if why is None:
        table = run(directory, sources.given, proba=how.proba, reading=how.reading)
        yield output.escape_formulas(table) if how.escape_formulas else table
        return
    if why != STREAM:
        note(f"read in pieces: {why}")
    with _watched(quiet=quiet) as told:
        answers = predict_in_pieces(directory, sources, proba=how.proba, reading=how.reading, told=told)
        for table in answers:
            yield output.escape_formulas(table) if how.escape_formulas else table


@contextmanager
def _watched(*, quiet: bool) -> "Iterator[Callable[[float, int], None]]":
    if quiet:
        yield lambda *_: None
        return
    from pminusy.cli.console import stderr_console, stdout_console
    from pminusy.cli.display import FitDisplay

    with FitDisplay(stdout_console(), stderr_console()) as display:
        display.stage("predicting")
        yield display.passed
