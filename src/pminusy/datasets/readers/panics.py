"""Failures of Polars that are no exceptions of its own: panics of the library below it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import polars as pl

from pminusy.errors import DataError


@contextmanager
def panics_as_errors(path: Path, kind: str) -> Iterator[None]:
    """Turn a panic while a file is read into a DataError.

    The library writes a panic to the process's standard error, whatever Python does. So what is written there is
    held back until the block ends, and dropped if it ended in a panic.

    Parameters
    ----------
    path : Path
    kind : str
        What the file was read as, for the message.

    Raises
    ------
    DataError
        There was a panic.

    Examples
    --------
    >>> with panics_as_errors(Path("table.parquet"), "Parquet"):   # doctest: +SKIP
    ...     pl.read_parquet("table.parquet")
    """
    with tempfile.TemporaryFile() as held, _stderr_into(held):
        try:
            yield
        except pl.exceptions.PanicException as error:
            held.truncate(0)
            raise DataError(f"{path}: not readable as {kind}: the file is damaged or cut short") from error


@contextmanager
def _stderr_into(file: IO[bytes]) -> Iterator[None]:
    try:
        before = os.dup(2)
    except OSError:  # the process has none
        yield
        return
    sys.stderr.flush()
    os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(before, 2)
        os.close(before)
        file.seek(0)
        with suppress(OSError):
            os.write(2, file.read())
