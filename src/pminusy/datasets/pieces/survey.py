"""The first pass over rows in files: how many there are, and what each column is by a sample of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.columns import mark_missing
from pminusy.datasets.dataset import Dataset, Role
from pminusy.datasets.loading import count_markers, describe_markers
from pminusy.datasets.pieces.label_codes import LabelCodes
from pminusy.datasets.pieces.raw import FilesInPieces
from pminusy.datasets.pieces.row_hash import row_hashes
from pminusy.datasets.reading import Reading
from pminusy.datasets.table_notes import notes_on_classes, target_notes
from pminusy.datasets.tables import find_target, table_dataset
from pminusy.errors import DataError

_CELLS = 1 << 22  # of the sample
_MOST_ROWS, _LEAST_ROWS = 100_000, 1_000
_MOST_CLASSES = 1_000  # of which the first row is taken in any case
_SEED = (
    2**32
)  # none that a user can give, so that the sample has nothing to do with the rows that are held out

Told = Callable[[float, int], None]
"""Hears the share of the bytes that are read, and how many rows that was."""


@dataclass(frozen=True, eq=False)
class Survey:
    """What one pass tells.

    Attributes
    ----------
    dataset : Dataset
        Of the sample, with all rows counted by its `n_rows`.
    n_rows : int
        Of the files, those without a label among them.
    """

    dataset: Dataset
    n_rows: int


def survey(
    files: FilesInPieces,
    *,
    name: str,
    source: str,
    target: str | None,
    drop: Sequence[str],
    roles: Mapping[str, Role],
    reading: Reading,
    told: Told,
) -> Survey:
    """Read all rows once, and infer how each column is used.

    The sample is of 100,000 rows that are chosen by their numbers, fewer of wide tables, and has the first row of each
    class; it does not depend on how rows are divided into files.

    Parameters
    ----------
    files : FilesInPieces
    name, source, target, drop, roles, reading
        As for `pminusy.datasets.load`.
    told : callable
        Hears of progress.

    Returns
    -------
    Survey

    Raises
    ------
    DataError
        As `load`.
    """
    target_name = find_target(list(files.schema), target)
    sample = _Sample(max(_LEAST_ROWS, min(_MOST_ROWS, _CELLS // len(files.schema))))
    labels, cells, n_rows, n_missing = LabelCodes(target_name), Counter[str](), 0, 0
    for piece in files:
        cells += count_markers(piece.frame, reading)
        frame = mark_missing(piece.frame, reading.markers)
        labelled = frame[target_name].is_not_null().arg_true().to_numpy()
        firsts = labelled[labels.add(frame[target_name].drop_nulls())]
        sample.add(frame, n_rows, firsts)
        n_rows, n_missing = n_rows + frame.height, n_missing + frame.height - len(labelled)
        told(piece.done, n_rows)
    if not n_rows:
        raise DataError(f"{source}: contains no rows")
    if n_rows == n_missing:
        raise DataError(f"{source}: no row has a value of target {target_name!r}")
    classes, _ = labels.settled()
    frame = sample.frame
    dataset = table_dataset(
        frame,
        name=name,
        source=source,
        target=target,
        drop=drop,
        roles=roles,
        decimal=reading.decimal,
        likely_decimal=files.decimal,
    )
    of_sample = target_notes(dataset.y, frame.height - len(dataset.y), target_name, inferred=target is None)
    notes = [
        *describe_markers(cells),
        *([f"using column {target_name!r} as the target"] if target is None else []),
        *([f"dropped rows with a missing target: {n_missing:,}"] if n_missing else []),
        *notes_on_classes(classes, np.sort(labels.counts())),
        *dataset.notes[len(of_sample) :],
    ]
    if frame.height < n_rows:
        notes.append(
            f"the kinds of the columns were inferred from {frame.height:,} of {n_rows:,} rows, and all rows agree with "
            "them"
        )
    return Survey(replace(dataset, notes=tuple(notes), n_labelled=n_rows - n_missing), n_rows)


class _Sample:
    """As many rows as there is room for, by their hashes; half of them are given up whenever there are more."""

    def __init__(self, n_rows: int) -> None:
        self._most, self._below = n_rows, 1 << 64
        self._frames: list[pl.DataFrame] = []
        self._hashes: list[NDArray[np.uint64]] = []
        self._n_kept = self._n_firsts = 0

    def add(self, frame: pl.DataFrame, start: int, firsts: NDArray[np.intp]) -> None:
        """Consider rows, of which the first ones of their class are taken."""
        hashes = row_hashes(start, frame.height, _SEED)
        taken = firsts[: max(0, _MOST_CLASSES - self._n_firsts)]
        self._n_firsts += len(taken)
        hashes[taken] = 0
        kept = np.flatnonzero(hashes <= np.uint64(self._below - 1))
        self._frames.append(frame[kept])
        self._hashes.append(hashes[kept])
        self._n_kept += len(kept)
        while self._n_kept > self._most + self._n_firsts:
            self._halve()

    def _halve(self) -> None:
        self._below //= 2
        keep = [hashes < np.uint64(self._below) for hashes in self._hashes]
        self._frames = [frame.filter(pl.Series(mask)) for frame, mask in zip(self._frames, keep, strict=True)]
        self._hashes = [hashes[mask] for hashes, mask in zip(self._hashes, keep, strict=True)]
        self._n_kept = sum(map(len, self._hashes))

    @property
    def frame(self) -> pl.DataFrame:
        """The rows, in order."""
        return pl.concat(self._frames, rechunk=True)
