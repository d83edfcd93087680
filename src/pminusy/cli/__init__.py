"""The commands: one file each, which parses, calls, prints and settles the exit code.

Only the standard library is imported before `main` is called.
"""

import sys
from importlib.util import find_spec
from io import TextIOWrapper

_EXTRA = ("typer", "rich", "polars", "fastexcel", "zstandard", "jinja2", "matplotlib", "starlette", "uvicorn")


def main() -> None:
    """Run the command line of this process and exit: 0 done, 2 bad input, 130 interrupted.

    Examples
    --------
    >>> main()   # doctest: +SKIP
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that lacks a letter shows another in its place, and the run goes on.
            stream.reconfigure(errors="replace")
    missing = [name for name in _EXTRA if find_spec(name) is None]
    if missing:
        print(
            f'error: the command line needs {", ".join(missing)}: pip install "pminusy[cli]"', file=sys.stderr
        )
        sys.exit(2)
    from pminusy.cli.app import run

    sys.exit(run(sys.argv[1:]))
