"""The commands put together, and what becomes of their errors."""

import logging
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated, Any

import typer

from pminusy.cli.derive import derive
from pminusy.cli.docs import docs
from pminusy.cli.explain import explain
from pminusy.cli.export import export
from pminusy.cli.fit import fit
from pminusy.cli.messages import complain, note
from pminusy.cli.optional_value import WhyCommand
from pminusy.cli.predict import predict
from pminusy.cli.proofread import proofread
from pminusy.cli.report import report
from pminusy.cli.serve import serve
from pminusy.errors import PminusyError

DONE, NO_READER, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

# It reports where it keeps its fonts, which no command needs.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

# Of the errors in a command line, typer exports this one, but not their common base.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]

app = typer.Typer(
    help="Train softmax classifiers, predict with them, and proofread the derivations behind them.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (fit, predict, report, explain):
    app.command()(_command)
app.command(cls=WhyCommand)(proofread)
for _command in (derive, export, serve, docs):
    app.command()(_command)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"pminusy {version('pminusy')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _without_command(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run a command line.

    Parameters
    ----------
    arguments : sequence of str
        Without the program's name.

    Returns
    -------
    int
        The exit code: 0, 2 for bad input or a full disk or memory, 130 for an interrupt, 1 where nobody reads
        the output any more. All but the last print one or two lines on stderr; an error of the program's own is
        raised.

    Examples
    --------
    >>> run(["--version"])   # doctest: +SKIP
    0
    """
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _print_warning  # type: ignore[assignment]
            # scikit-learn's; the notes on the target say so in their own words
            warnings.filterwarnings("ignore", "The number of unique classes is greater than 50%")
            code: int = app(list(arguments), prog_name="pminusy", standalone_mode=False) or DONE
            _flush()
    except PminusyError as error:
        complain(str(error))
        return BAD_INPUT
    except BrokenPipeError:
        _drop_output()
        return NO_READER
    except OSError as error:
        _drop_output()
        complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return BAD_INPUT
    except MemoryError as error:
        complain(f"not enough memory{f': {error}' if str(error) else ''}")
        return BAD_INPUT
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except _USAGE_ERROR as error:
        complain(*_usage(error))
        return BAD_INPUT
    if code == INTERRUPTED:
        complain("interrupted; no partial files were left behind")
    return code


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _drop_output() -> None:
    """Send to nowhere output that cannot be written; Python would try to write it once more at its end."""
    try:
        _flush()
    except OSError:
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def _usage(error: Any) -> list[str]:
    hint = [f"Try '{error.ctx.command_path} --help'."] if error.ctx else []
    return [error.format_message(), *hint]


def _print_warning(message: Warning | str, *_where: Any) -> None:
    note(str(message))
