"""Parquet tables."""

from pathlib import Path

import polars as pl

from pminusy.datasets.columns import mark_missing
from pminusy.datasets.readers.limits import check_memory
from pminusy.datasets.readers.panics import panics_as_errors
from pminusy.errors import DataError


def read_parquet(path: Path) -> pl.DataFrame:
    """Read a Parquet file; raise DataError where it is none."""
    try:
        with panics_as_errors(path, "Parquet"):
            _check_size(path)
            return mark_missing(pl.read_parquet(path))
    except pl.exceptions.PolarsError as error:
        raise DataError(f"{path}: not readable as Parquet: {str(error).splitlines()[0]}") from error


def _check_size(path: Path) -> None:
    """Repeated values take no place in a file, and up to 8 bytes each in memory."""
    table = pl.scan_parquet(path)
    n_rows = table.select(pl.len()).collect().item()
    n_columns = len(table.collect_schema())
    check_memory(8 * n_rows * n_columns, f"{path}: a table of {n_rows:,} rows and {n_columns:,} columns")
