"""Predictions: a model directory and rows in, a table out."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from pminusy.datasets import (
    Reading,
    RowError,
    check_columns,
    describe_unseen,
    header_hint,
    locate,
    match_width,
    read_features,
    unseen_by,
)
from pminusy.datasets.dataset import Features
from pminusy.datasets.places import in_rows
from pminusy.errors import DataError
from pminusy.runs.manifest import Manifest
from pminusy.runs.saved import read_predictor
from pminusy.runs.storage import Predictor

_BLOCK_ROWS = 8192


def predict(
    directory: Path,
    source: str,
    *,
    proba: bool = False,
    reading: Reading = Reading(),  # noqa: B008
) -> pl.DataFrame:
    """Predict every row of a file.

    Parameters
    ----------
    directory : Path
        The model directory.
    source : str
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
    manifest, predictor = read_predictor(directory)
    both = manifest.reading.updated(reading)
    X = read_features(source, manifest.reading, reading)
    try:
        X = _matching(X, manifest, source)
    except DataError as error:
        raise DataError(f"{error}{header_hint(source, both)}{_skipped(manifest.reading, reading)}") from error
    for sentence in describe_unseen(unseen_by(predictor.columns, X)):
        warnings.warn(sentence, UserWarning, stacklevel=2)
    try:
        P = _probabilities(predictor, X)
    except RowError as error:
        raise DataError(error.told(locate(source, error.row, both))) from error
    classes = predictor.classes
    columns = {"predicted": classes[P.argmax(axis=1)]}
    if proba:
        columns |= {f"p({label})": P[:, place] for place, label in enumerate(classes.tolist())}
    return pl.DataFrame(columns)


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
