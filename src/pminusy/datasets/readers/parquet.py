"""Parquet tables."""

from pathlib import Path

import polars as pl

from pminusy.datasets.columns import mark_missing
from pminusy.errors import DataError


def read_parquet(path: Path) -> pl.DataFrame:
    """Read a Parquet file; raise DataError where it is none."""
    try:
        return mark_missing(pl.read_parquet(path))
    except pl.exceptions.PolarsError as error:
        raise DataError(f"{path}: not readable as Parquet: {str(error).splitlines()[0]}") from error
