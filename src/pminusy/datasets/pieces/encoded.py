"""Rows on disk encoded: what the encoders learn of them, and their numbers, row after row."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from pminusy.blocks.files.columns import Columns
from pminusy.blocks.files.decoded import DecodedRows
from pminusy.datasets.dataset import Dataset, Role
from pminusy.datasets.encoders.table import Table
from pminusy.datasets.pieces.stored import StoredTable
from pminusy.datasets.plain import need_double
from pminusy.datasets.preprocess import make_preprocessor_in_pieces
from pminusy.errors import DataError

Passed = Callable[[int], None]
"""Hears how many rows of a pass are done."""

_SPARE = 1.05  # of the room on the disk that numbers need


def learn_columns(table: StoredTable, dataset: Dataset, *, double: bool, told: Passed) -> Table:
    """Make and fit the encoders of a stored table.

    Parameters
    ----------
    table : StoredTable
        The rows to learn from.
    dataset : Dataset
        Its roles and notations.
    double : bool
        Whether a column of numbers is Float64.
    told : callable
        Hears of progress.

    Returns
    -------
    Table
        As `make_preprocessor(...).fit(...)` of the same rows in memory, but for sparse results.

    Raises
    ------
    DataError
        A column holds text.
    """

    def pieces() -> Iterator[pl.DataFrame]:
        n_done = 0
        for piece in table.pieces():
            yield piece
            n_done += piece.height
            told(n_done)

    numeric = [name for name, role in dataset.roles.items() if role is Role.NUMERIC]
    categories = [name for name, role in dataset.roles.items() if role is Role.CATEGORY]
    columns = make_preprocessor_in_pieces(
        dataset,
        _different(pieces(), categories) if categories else [],
        double=double,
        read_double=any(need_double(piece[:, numeric]) for piece in pieces()),
    )
    columns.learn(pieces)
    return columns


def write_encoded(table: StoredTable, columns: Table, path: Path, memory: int, told: Passed) -> DecodedRows:
    """Encode all rows into a file, which the result keeps open.

    Raises
    ------
    DataError
        The disk has no room for it; nothing is written then.
    """
    names, first = columns.names(), next(table.pieces())
    dtype = columns.transform(first[:1]).dtype
    n_bytes = table.n_rows * len(names) * dtype.itemsize
    _check_room(path.parent, n_bytes, table.n_rows, len(names))
    n_done = 0
    with path.open("w+b") as file:
        for piece in table.pieces():
            file.write(np.ascontiguousarray(columns.transform(piece)).data)
            n_done += piece.height
            told(n_done)
        file.flush()
        return DecodedRows(file, (table.n_rows, len(names)), Columns(tuple(names), None, dtype), memory)


def _check_room(folder: Path, n_bytes: int, n_rows: int, n_columns: int) -> None:
    free = shutil.disk_usage(folder).free
    if _SPARE * n_bytes > free:
        raise DataError(
            f"{folder}: the numbers of {n_rows:,} rows with {n_columns:,} features take {n_bytes / 1e9:.1f} GB, and "
            f"{free / 1e9:.1f} GB are free; choose a folder on a larger disk with --cache, or leave out columns "
            "with --drop"
        )


def _different(pieces: Iterator[pl.DataFrame], columns: list[str]) -> list[pl.Series]:
    """The different values of each column."""
    found: list[pl.Series] = []
    for piece in pieces:
        here = [piece[name].unique() for name in columns]
        found = [pl.concat(both).unique() for both in zip(found, here, strict=True)] if found else here
    return found
