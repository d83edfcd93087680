"""Predictions: a model directory and rows in, a table out."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from pminusy.datasets import (
    Reading,
    RowError,
    Sources,
    as_features,
    check_columns,
    describe_unseen,
    header_hint,
    locate,
    match_width,
    read_features,
    unseen_by,
)
from pminusy.datasets.dataset import Features
from pminusy.datasets.pieces.raw import FilesInPieces
from pminusy.datasets.places import in_rows
from pminusy.datasets.unseen import Unseen, merge_unseen
from pminusy.errors import DataError
from pminusy.runs.manifest import Manifest
from pminusy.runs.saved import read_predictor
from pminusy.runs.storage import Predictor

_BLOCK_ROWS = 8192


def predict(
    directory: Path,
    source: str | Sequence[str],
    *,
    proba: bool = False,
    reading: Reading = Reading(),  # noqa: B008
) -> pl.DataFrame:
    """Predict every row of a file.

    Parameters
    ----------
    directory : Path
        The model directory.
    source : str, or a sequence of str
        As for `pminusy.datasets.read_features`. Columns of a table are found by name; those that the model
        does not need, its target among them, are ignored.
    proba : bool
        Add the probabilities.
    reading : Reading
        What is known of how the rows are written, where that differs from the training data.

    Returns
    -------
    polars.DataFrame
        A row for each row of the file: the column ``predicted``, and a column ``p(class)`` for each class
        where `proba` is asked for.

    Raises
    ------
    ModelDirectoryError
        The model cannot be read.
    DataError, ShapeError
        The rows cannot be read, or are not of the kind that the model takes.

    Warns
    -----
    UserWarning
        For each column with categories that do not occur in the training data: which, and in how many rows. The
        model decides by the other columns.

    Examples
    --------
    >>> predict(Path("iris-model"), "iris").columns   # doctest: +SKIP
    ['predicted']
    """
    model = _Model(*read_predictor(directory))
    manifest, needed = model.manifest, model.manifest.columns
    both = manifest.reading.updated(reading)
    X = read_features(source, manifest.reading, reading, needed)
    shown = source if isinstance(source, str) else ", ".join(source)
    try:
        X = _matching(X, manifest, shown)
    except DataError as error:
        hint = f"{header_hint(source, both, needed)}{_skipped(manifest.reading, reading)}"
        raise DataError(f"{error}{hint}") from error
    _warn(unseen_by(model.predictor.columns, X))
    try:
        return model.answers(X, proba=proba)
    except RowError as error:
        raise DataError(error.told(locate(source, error.row, both, needed))) from error


def predict_in_pieces(
    directory: Path,
    sources: Sources,
    *,
    proba: bool = False,
    reading: Reading = Reading(),  # noqa: B008
    told: Callable[[float, int], None] = lambda *_: None,
) -> Iterator[pl.DataFrame]:
    """Predict every row of files of which only some are in memory at a time.

    Parameters
    ----------
    directory, proba, reading
        As for `predict`.
    sources : Sources
        Parquet, Arrow or CSV.
    told : callable
        Hears which share of the files is done, and how many rows.

    Yields
    ------
    polars.DataFrame
        As `predict` returns it, of some rows; the first one is there where there are no rows, too.

    Raises
    ------
    InputError
        As `predict`, or files cannot be read in pieces.

    Warns
    -----
    UserWarning
        As `predict`, after the last row.

    Examples
    --------
    >>> for table in predict_in_pieces(Path("iris-model"), find_sources(["iris/*.csv"])):   # doctest: +SKIP
    ...     print(table)
    """
    model = _Model(*read_predictor(directory))
    manifest = model.manifest
    if manifest.columns is None:
        raise DataError(f"{sources.shown}: expected an array with {manifest.n_columns} columns, got a table")
    both, unseen, n_rows = manifest.reading.updated(reading), list[Unseen](), 0
    for piece in FilesInPieces(sources, both, manifest.columns):
        X = as_features(piece.frame, manifest.reading, reading)
        unseen = merge_unseen([*unseen, *unseen_by(model.predictor.columns, X)])
        try:
            yield model.answers(X, proba=proba)
        except RowError as error:
            raise DataError(error.told(piece.place(error.row))) from error
        n_rows += X.height
        told(piece.done, n_rows)
    if not n_rows:
        yield model.no_answers(proba=proba)
    _warn([replace(each, n_rows=n_rows) for each in unseen])


@dataclass(frozen=True)
class _Model:
    manifest: Manifest
    predictor: Predictor

    def answers(self, X: Features, *, proba: bool) -> pl.DataFrame:
        """A row for each of X."""
        return self._table(_probabilities(self.predictor, X), proba=proba)

    def no_answers(self, *, proba: bool) -> pl.DataFrame:
        """The columns without rows."""
        return self._table(np.empty((0, len(self.predictor.classes))), proba=proba)

    def _table(self, P: Any, *, proba: bool) -> pl.DataFrame:
        classes = self.predictor.classes
        columns = {"predicted": classes[P.argmax(axis=1)]}
        if proba:
            columns |= {f"p({label})": P[:, place] for place, label in enumerate(classes.tolist())}
        return pl.DataFrame(columns)


def _warn(unseen: list[Unseen]) -> None:
    for sentence in describe_unseen(unseen):
        warnings.warn(sentence, UserWarning, stacklevel=3)


def _matching(X: Features, manifest: Manifest, source: str) -> Features:
    """Pick the model's columns; the file must be of the model's kind."""
    if isinstance(X, pl.DataFrame) and manifest.columns is not None:
        check_columns(X, manifest.columns)
        return X[:, list(manifest.columns)]
    if isinstance(X, pl.DataFrame):
        raise DataError(f"{source}: expected an array with {manifest.n_columns} columns, got a table")
    if manifest.columns is not None:
        raise DataError(f"{source}: expected a table with column {manifest.columns[0]!r}, got an array")
    return match_width(X, manifest.n_columns)


def _skipped(trained: Reading, given: Reading) -> str:
    """What to do where rows were skipped that are skipped no more."""
    if not trained.skip_rows or given.skip_rows is not None:
        return ""
    skipped = "row was" if trained.skip_rows == 1 else f"{trained.skip_rows:,} rows were"
    return f"; the first {skipped} skipped, as in the training data: --skip-rows 0 reads from the beginning"


def _probabilities(predictor: Predictor, X: Features) -> Any:
    # In blocks, the rows as floats never exist all at once.
    starts = range(0, X.shape[0], _BLOCK_ROWS)
    blocks = []
    for start in starts:
        with in_rows(start.__add__):
            encoded = predictor.columns.transform(X[start : start + _BLOCK_ROWS])
            blocks.append(predictor.predict_proba(encoded))
    return np.concatenate(blocks) if blocks else np.empty((0, len(predictor.classes)))
