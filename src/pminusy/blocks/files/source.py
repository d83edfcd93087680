"""Opening rows that live in files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.files.columns import Columns, common_columns
from pminusy.blocks.files.decoded import decode
from pminusy.blocks.files.found import Files, find_files
from pminusy.blocks.files.parquet import ParquetRows
from pminusy.blocks.files.sizes import read_size
from pminusy.blocks.files.stamps import Stamp
from pminusy.blocks.files.tables import Piece, pieces_of, read_piece, require_pyarrow
from pminusy.blocks.outside import OutsideMatrix
from pminusy.errors import InputError

Array = NDArray[Any]


@dataclass(frozen=True)
class FileRows:
    """Rows that live in files.

    Attributes
    ----------
    X : OutsideMatrix
        The features (N, D); `SoftmaxRegression` and `SoftmaxNetwork` take it in place of an array. It has `shape`,
        `dtype` and `len`, and slices and lists of row numbers give rows as arrays.
    y : array (N,) or None
        The target's labels, in memory.
    feature_names : list of str
    """

    X: OutsideMatrix
    y: Array | None
    feature_names: list[str]


def open_rows(
    files: Files,
    *,
    target: str | None = None,
    columns: Sequence[str] | None = None,
    dtype: Any = None,
    memory: str | int = "1 GB",
    cache: str | os.PathLike[str] | None = None,
) -> FileRows:
    """Open tables in files, to fit to their rows without having them in memory.

    Parameters
    ----------
    files : path, pattern, folder, or a list of these
        Parquet, Arrow IPC (Feather) or CSV, all of one format and with the same columns. Of a folder, all such files
        at any depth; what the names of folders tell, such as ``year=2024``, is a column. Rows are in the order of the
        list, and within a folder or pattern in that of the names.
    target : str, optional
        The column with the labels. They are read into memory.
    columns : list of str, optional
        The features. All but the target by default; they must be numbers without gaps.
    dtype : float32, float64 or None, optional
        What to compute in; float32 if all features are stored in that, otherwise float64.
    memory : str or int, default "1 GB"
        A bound on what is read ahead and on what is kept of each row; what is kept beyond it is in a temporary file.
        Labels, weights and coefficients come on top.
    cache : path, optional
        A folder for the decoded numbers, from which later passes, and later processes, read them; it takes
        N × D numbers. CSV and Arrow are decoded once in any case: without a cache, into a temporary file.

    Returns
    -------
    FileRows
        With X, y and feature_names.

    Raises
    ------
    InputError
        No files, files that differ in columns, features that are not numbers, empty cells, no rows, or row groups that
        are too large for the memory. A file that changes while it is read ends the fit with one, too.

    Examples
    --------
    >>> rows = open_rows("data/*.parquet", target="y")  # doctest: +SKIP
    >>> model = SoftmaxRegression().fit(rows.X, rows.y)  # doctest: +SKIP
    """
    require_pyarrow()
    form, found = find_files(files)
    n_bytes = read_size("memory", memory)
    stamps = [Stamp.of(path) for path in found]
    chosen = common_columns(form, found, columns, target, dtype)
    if form == "parquet" and cache is None:
        pieces = [piece for path in found for piece in pieces_of(path)]
        _check_rows(sum(piece.n_rows for piece in pieces), found)
        X: OutsideMatrix = ParquetRows(pieces, chosen, n_bytes, stamps)
        y = _labels(pieces, chosen) if target is not None else None
    else:
        X, y = decode(form, found, chosen, n_bytes, stamps, None if cache is None else Path(cache))
        _check_rows(len(X), found)
    return FileRows(X, y, list(chosen.features))


def _labels(pieces: Sequence[Piece], columns: Columns) -> Array:
    found = []
    for piece in pieces:
        stored = columns.stored(piece.path, target=True)
        if stored:
            found += [
                columns.labels(table, piece.path, table.num_rows) for table in read_piece(piece, stored)
            ]
        else:
            found.append(columns.labels(None, piece.path, piece.n_rows))
    return np.concatenate(found)


def _check_rows(n_rows: int, files: Sequence[Path]) -> None:
    if not n_rows:
        raise InputError(f"files: expected at least one row, got none in {len(files)} files")
