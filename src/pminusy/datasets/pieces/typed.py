"""The second pass over rows in files: typed, divided into rows to learn from and rows to test on, and stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.columns import mark_missing
from pminusy.datasets.dataset import Dataset, Labels, Role
from pminusy.datasets.pieces.label_codes import LabelCodes
from pminusy.datasets.pieces.raw import FilesInPieces, Piece
from pminusy.datasets.pieces.row_hash import chosen_rows
from pminusy.datasets.pieces.stored import StoredTable, TableWriter
from pminusy.datasets.pieces.survey import Told
from pminusy.datasets.places import RowError
from pminusy.datasets.reading import Reading
from pminusy.datasets.tables import used_columns
from pminusy.errors import DataError


@dataclass(frozen=True, eq=False)
class TypedRows:
    """Features on disk, and their labels.

    Attributes
    ----------
    table : StoredTable
    codes : array of int32 (N,)
        Each row's place among the classes.
    """

    table: StoredTable
    codes: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class TypedParts:
    """Rows to learn from and rows to test on.

    Attributes
    ----------
    classes : array (K,)
        In order.
    train, test : TypedRows
        `test` may be without rows.
    double : bool
        Whether a column of numbers would be Float64 in memory.
    """

    classes: Labels
    train: TypedRows
    test: TypedRows
    double: bool


def store_parts(
    files: FilesInPieces,
    dataset: Dataset,
    reading: Reading,
    folder: Path,
    *,
    share: float,
    seed: int,
    told: Told,
) -> TypedParts:
    """Read all rows, and store them in two tables; rows without a label are left out.

    Rows are held out by a hash of their number and the seed. The first row of each class stays to learn from.

    Parameters
    ----------
    files : FilesInPieces
    dataset : Dataset
        As `survey` found it: its roles, notations and types are those of all rows.
    reading : Reading
    folder : Path
        For the tables.
    share : float in [0, 1)
        Of the rows to hold out, about.
    seed : int
    told : callable
        Hears of progress.

    Returns
    -------
    TypedParts

    Raises
    ------
    DataError
        A value is not what its column's role needs; the file and the row are named.
    """
    labels, types, held = LabelCodes(dataset.target_name), _Types(dataset, files), list[NDArray[np.bool_]]()
    n_rows = 0
    with TableWriter(folder / "train.arrow") as train, TableWriter(folder / "test.arrow") as test:
        for piece, X, names, labelled in _typed(files, dataset, reading, types):
            firsts = labels.add(names)
            out = chosen_rows(n_rows, piece.frame.height, share, seed)[labelled]
            out[firsts] = False
            held.append(out)
            train.add(X.filter(pl.Series(~out)))
            test.add(X.filter(pl.Series(out)))
            n_rows += piece.frame.height
            told(piece.done, n_rows)
    classes, codes = labels.settled()
    out = np.concatenate(held)
    return TypedParts(
        classes,
        TypedRows(StoredTable(train.path, train.n_rows, types.in_memory()), codes[~out]),
        TypedRows(StoredTable(test.path, test.n_rows, types.in_memory()), codes[out]),
        types.double,
    )


def store_test(
    files: FilesInPieces, dataset: Dataset, reading: Reading, folder: Path, like: TypedParts, told: Told
) -> tuple[Labels, TypedRows]:
    """Read rows to test on, and store them; the labels among them are for the caller to check.

    Returns
    -------
    labels : array
        The different labels, in the spelling of the classes where they are these.
    rows : TypedRows

    Raises
    ------
    DataError
        As `store_parts`; or there are no rows with a label.
    """
    labels, n_rows = LabelCodes(dataset.target_name), 0
    types = _Types(dataset, files)
    with TableWriter(folder / "test-file.arrow") as writer:
        for piece, X, names, _ in _typed(files, dataset, reading, types):
            labels.add(names)
            writer.add(X)
            n_rows += piece.frame.height
            told(piece.done, n_rows)
    if not writer.n_rows:
        raise DataError(f"no row has a value of target {dataset.target_name!r}")
    found, codes = labels.among(like.classes)
    return found, TypedRows(StoredTable(writer.path, writer.n_rows, {}), codes)


def _typed(
    files: FilesInPieces, dataset: Dataset, reading: Reading, types: _Types
) -> Iterator[tuple[Piece, pl.DataFrame, pl.Series, NDArray[np.bool_]]]:
    """Each piece, its labelled rows' features and labels, and which rows these are."""
    for piece in files:
        frame = mark_missing(piece.frame, reading.markers)
        labelled = frame[dataset.target_name].is_not_null()
        try:
            X = types.stored(frame, used_columns(frame, dataset))
        except RowError as error:
            raise DataError(error.told(piece.place(error.row))) from error
        yield piece, X.filter(labelled), frame[dataset.target_name].filter(labelled), labelled.to_numpy()


class _Types:
    """The types of stored columns: those of the sample, but that integers among strings may turn out to be none."""

    def __init__(self, dataset: Dataset, files: FilesInPieces) -> None:
        assert isinstance(dataset.X, pl.DataFrame)
        self._numeric = {name for name, role in dataset.roles.items() if role is Role.NUMERIC}
        self._sample = dict(dataset.X.schema)
        self._strings = {name for name in self._numeric if files.schema[name] == pl.String}
        self._integers = {name for name in self._strings if self._sample[name].is_integer()}
        self._whole = self._integers

    def stored(self, frame: pl.DataFrame, X: pl.DataFrame) -> pl.DataFrame:
        """The typed columns of a piece as they are stored."""
        self._whole = {name for name in self._whole if _is_whole(frame[name])}
        return X.cast({name: self._stored_as(name) for name in X.columns})

    def in_memory(self) -> Mapping[str, pl.DataType]:
        """The columns that are integers after all."""
        return dict.fromkeys(self._whole, pl.Int64())

    @property
    def double(self) -> bool:
        """Whether a column of numbers would be Float64 in memory."""
        floats = {name for name in self._numeric if self._sample[name] == pl.Float64}
        return bool(floats | (self._integers - self._whole))

    def _stored_as(self, name: str) -> pl.DataType:
        if name in self._strings:
            return pl.Float64()
        return self._sample[name]


def _is_whole(strings: pl.Series) -> bool:
    return strings.cast(pl.Int64, strict=False).null_count() == strings.null_count()
