"""`pminusy fit`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pminusy.cli import model_options as options
from pminusy.cli.arguments import parse_columns, parse_roles


def fit(
    data: Annotated[
        str,
        typer.Argument(
            metavar="DATA",
            help="A bundled data set (digits, iris, wine or breast-cancer), or a CSV, TSV, Parquet, .npz, svmlight "
            "or IDX file.",
            show_default=False,
        ),
    ],
    target: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Column to predict. [default: target, label, class or y]"),
    ] = None,
    test: Annotated[
        str | None, typer.Option(metavar="FILE", help="Test on this file instead of holding out rows.")
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
            help="Treat a column as numeric, category or text, overriding the inferred role; repeatable.",
            show_default=False,
        ),
    ] = None,
    model: options.ModelKind = options.Model.LINEAR,
    C: options.C = None,
    tol: options.Tol = None,
    max_iter: options.MaxIter = None,
    hidden: options.Hidden = None,
    activation: options.Activation = None,
    dropout: options.Dropout = None,
    batch_norm: options.BatchNorm = False,
    optimizer: options.Optimizer = None,
    learning_rate: options.LearningRate = None,
    schedule: options.Schedule = None,
    weight_decay: options.WeightDecay = None,
    batch_size: options.BatchSize = None,
    epochs: options.Epochs = None,
    label_smoothing: options.LabelSmoothing = None,
    max_gradient_norm: options.MaxGradientNorm = None,
    balanced: options.Balanced = False,
    early_stopping: options.EarlyStopping = False,
    validation_fraction: options.ValidationFraction = None,
    patience: options.Patience = None,
    checkpoint: options.CheckpointFile = None,
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
) -> None:
    """Train a classifier on a data file and report how good it is."""
    trained = options.model_options(
        model,
        {
            "C": C,
            "tol": tol,
            "max_iter": max_iter,
            "hidden": hidden,
            "activation": activation,
            "dropout": dropout,
            "batch_norm": batch_norm,
            "optimizer": optimizer,
            "learning_rate": learning_rate,
            "schedule": schedule,
            "weight_decay": weight_decay,
            "batch_size": batch_size,
            "epochs": epochs,
            "label_smoothing": label_smoothing,
            "max_gradient_norm": max_gradient_norm,
            "balanced": balanced,
            "early_stopping": early_stopping,
            "validation_fraction": validation_fraction,
            "patience": patience,
            "checkpoint": checkpoint,
        },
    )
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
        )
        directory = out or default_directory(data)
        with _told_where_to_go_on(checkpoint):
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
