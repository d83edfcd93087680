"""Parquet and Arrow tables."""

from collections.abc import Callable

import polars as pl

from pminusy.datasets.readers.content import Content
from pminusy.datasets.readers.limits import check_memory
from pminusy.datasets.readers.panics import panics_as_errors
from pminusy.datasets.readers.table import Table
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


def read_parquet(content: Content, reading: Reading) -> Table:  # noqa: ARG001
    """Read a Parquet file; raise DataError where it is damaged."""
    return _read(_read_parquet, content, "Parquet")


def read_arrow(content: Content, reading: Reading) -> Table:  # noqa: ARG001
    """Read an Arrow IPC file, which Feather's second version is; raise DataError where it is damaged."""
    return _read(lambda it: pl.read_ipc(it.file), content, "Arrow")


def read_arrow_stream(content: Content, reading: Reading) -> Table:  # noqa: ARG001
    """Read an Arrow IPC stream; raise DataError where it is damaged."""
    return _read(lambda it: pl.read_ipc_stream(it.file), content, "Arrow")


def _read_parquet(content: Content) -> pl.DataFrame:
    """Repeated values take no place in a file, and up to 8 bytes each in memory."""
    table = pl.scan_parquet(content.file)
    n_rows = table.select(pl.len()).collect().item()
    n_columns = len(table.collect_schema())
    check_memory(
        8 * n_rows * n_columns, f"{content.path}: a table of {n_rows:,} rows and {n_columns:,} columns"
    )
    return table.collect()


def _read(read: Callable[[Content], pl.DataFrame], content: Content, name: str) -> Table:
    try:
        with panics_as_errors(content.path, name):
            return Table(read(content))
    except pl.exceptions.PolarsError as error:
        raise DataError(
            f"{content.path}: not readable as {name}: the file is damaged or cut short"
        ) from error
