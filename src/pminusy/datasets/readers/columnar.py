"""Parquet and Arrow tables."""

import io
from collections.abc import Callable

import polars as pl

from pminusy.datasets.readers.content import Content
from pminusy.datasets.readers.table import Table
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


def read_parquet(content: Content, reading: Reading) -> Table:  # noqa: ARG001
    """Read a Parquet file; raise DataError where it is damaged."""
    # Polars panics, with a trace on stderr, where the footer of a file cut short points beyond its end.
    if _tail(content) != b"PAR1":
        raise _damaged(content, "Parquet")
    return _read(pl.read_parquet, content, "Parquet")


def read_arrow(content: Content, reading: Reading) -> Table:  # noqa: ARG001
    """Read an Arrow IPC file, which Feather's second version is; raise DataError where it is damaged."""
    return _read(pl.read_ipc, content, "Arrow")


def read_arrow_stream(content: Content, reading: Reading) -> Table:  # noqa: ARG001
    """Read an Arrow IPC stream; raise DataError where it is damaged."""
    return _read(pl.read_ipc_stream, content, "Arrow")


def _read(read: Callable[..., pl.DataFrame], content: Content, name: str) -> Table:
    try:
        return Table(read(content.file))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _damaged(content, name) from error


def _tail(content: Content) -> bytes:
    if content.unpacked is not None:
        return content.unpacked[-4:]
    with content.path.open("rb") as file:
        file.seek(-4, io.SEEK_END)
        return file.read()


def _damaged(content: Content, name: str) -> DataError:
    return DataError(f"{content.path}: not readable as {name}: the file is damaged or cut short")
