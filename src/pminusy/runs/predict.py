"""Predictions: a model directory and rows in, a table out."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from pminusy.datasets import Reading, check_columns, describe_unseen, match_width, read_features, unseen_by
from pminusy.datasets.dataset import Features
from pminusy.errors import DataError
from pminusy.runs.manifest import Manifest
from pminusy.runs.saved import read_model

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
    manifest, pipeline = read_model(directory)
    X = _matching(read_features(source, manifest.reading, reading), manifest, source)
    for sentence in describe_unseen(unseen_by(pipeline["columns"], X)):
        warnings.warn(sentence, UserWarning, stacklevel=2)
    P = _probabilities(pipeline, X)
    classes = pipeline.classes_
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


def _probabilities(pipeline: Any, X: Features) -> Any:
    # In blocks, the rows as floats never exist all at once.
    starts = range(0, X.shape[0], _BLOCK_ROWS)
    blocks = [pipeline.predict_proba(X[start : start + _BLOCK_ROWS]) for start in starts]
    return np.concatenate(blocks) if blocks else np.empty((0, len(pipeline.classes_)))
