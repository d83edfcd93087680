"""`pminusy fit`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from pminusy.cli.arguments import parse_columns, parse_roles
from pminusy.cli.beyond_options import BEYOND_PARAMETERS, beyond_options
from pminusy.cli.model_options import MODEL_PARAMETERS, Model, model_options
from pminusy.cli.option_groups import takes_options
from pminusy.cli.reading_options import READING_PARAMETERS, reading_options


@takes_options(role=(*READING_PARAMETERS, *BEYOND_PARAMETERS), model=MODEL_PARAMETERS)
def fit(
    data: Annotated[
        list[str],
        typer.Argument(
            metavar="DATA...",
            help="A bundled data set (digits, iris, wine or breast-cancer), or a file: CSV or other text with "
            "separators, Excel, JSON, Parquet, Arrow, .npz, svmlight or IDX, packed or not. Several files of a table, "
            "a folder of Parquet, Arrow or CSV files, or a quoted pattern such as 'data/*.parquet' are one table.",
            show_default=False,
        ),
    ],
    target: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Column to predict. [default: target, label, class or y]"),
    ] = None,
    test: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Test on this file, folder or pattern instead of holding out rows."
        ),
    ] = None,
    test_size: Annotated[
        float | None,
        typer.Option(
            metavar="FRACTION",
            help="Fraction of rows to hold out for testing, 0 for none. [default: DATA's test set, or 0.2]",
        ),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN,…", help="Columns to ignore.", show_default=False)
    ] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=ROLE",
            help="Treat a column as numeric, category, date or text, overriding the inferred role; repeatable.",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        Model,
        typer.Option(
            help="Model to train: softmax regression (linear), a neural network, or a convolutional network "
            "(cnn, for images)."
        ),
    ] = Model.LINEAR,
    seed: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            max=2**32 - 1,
            help="Random seed for the train/test split and for training.",
        ),
    ] = 0,
    threads: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Number of threads. [default: all processors]")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Directory for the model. [default: NAME-model]")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing model.")] = False,
    **given: Any,
) -> None:
    """Train a classifier on a data file and report how good it is."""
    reading, beyond = reading_options(given), beyond_options(given)
    trained = model_options(model, given)
    from pminusy.cli.console import stderr_console, stdout_console
    from pminusy.cli.display import FitDisplay

    console = stdout_console()
    with FitDisplay(console, stderr_console()) as display:
        # Under the display, since these imports can take more than a second.
        from pminusy.report.text import render_text
        from pminusy.runs.directory import PAGE, default_directory
        from pminusy.runs.fit import fit as run
        from pminusy.runs.options import FitOptions

        how = FitOptions(
            target=target,
            drop=parse_columns(drop or ()),
            roles=parse_roles(role or ()),
            test=test,
            test_size=test_size,
            seed=seed,
            threads=threads,
            model=trained,
            reading=reading(),
            beyond=beyond,
        )
        directory = out or default_directory(data)
        with _told_where_to_go_on(given["checkpoint"]):
            report = run(data, directory, how, force=force, watcher=display)
    render_text(report, console)
    console.print()
    console.print(f"Model saved to {directory}; report: {directory / PAGE}", soft_wrap=True)


@contextmanager
def _told_where_to_go_on(checkpoint: Path | None) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        if checkpoint is not None and checkpoint.exists():
            typer.echo(f"Rerun the same command to resume from the last epoch in {checkpoint}.", err=True)
        raise
