"""`pminusy fit`."""

from pathlib import Path
from typing import Annotated

import typer

from pminusy.cli.arguments import parse_columns, parse_roles


def fit(
    data: Annotated[
        str,
        typer.Argument(
            metavar="DATA",
            help="digits, iris, wine or breast-cancer; or a CSV, TSV, Parquet, .npz, svmlight or IDX file.",
            show_default=False,
        ),
    ],
    target: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="What to predict. [default: target, label, class or y]"),
    ] = None,
    test: Annotated[
        str | None, typer.Option(metavar="FILE", help="Test on these rows, instead of holding some out.")
    ] = None,
    test_size: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE", help="Hold out this share, 0 for none. [default: DATA's test part, or 0.2]"
        ),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN,…", help="Columns not to use.", show_default=False)
    ] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=ROLE",
            help="Use a column as numeric, category or text, whatever was inferred; repeatable.",
            show_default=False,
        ),
    ] = None,
    C: Annotated[
        float, typer.Option("--C", metavar="NUMBER", help="Inverse strength of the L2 penalty.")
    ] = 1.0,
    tol: Annotated[float, typer.Option(metavar="NORM", help="Stop at this gradient norm.")] = 1e-4,
    max_iter: Annotated[int, typer.Option(metavar="N", min=1, help="Most iterations of the solver.")] = 1000,
    seed: Annotated[
        int, typer.Option(metavar="N", min=0, max=2**32 - 1, help="Decides which rows are held out.")
    ] = 0,
    threads: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Threads to use. [default: all processors]")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write the model. [default: NAME-model]")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a model that is there already.")] = False,
) -> None:
    """Train a classifier on a file, and report on it."""
    from pminusy.cli.console import stderr_console, stdout_console
    from pminusy.cli.display import FitDisplay

    console = stdout_console()
    with FitDisplay(console, stderr_console(), tol) as display:
        # Under the display, since these imports can take more than a second.
        from pminusy.report.text import render_text
        from pminusy.runs.directory import PAGE, default_directory
        from pminusy.runs.fit import fit as run
        from pminusy.runs.options import FitOptions

        options = FitOptions(
            target=target,
            drop=parse_columns(drop or ()),
            roles=parse_roles(role or ()),
            test=test,
            test_size=test_size,
            seed=seed,
            C=C,
            tol=tol,
            max_iter=max_iter,
            threads=threads,
        )
        directory = out or default_directory(data)
        report = run(data, directory, options, force=force, watcher=display)
    render_text(report, console)
    console.print()
    console.print(f"The model is in {directory}, its report at {directory / PAGE}", soft_wrap=True)
