"""The rows to learn from and the rows to test on, from one file or two."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pminusy.datasets import Dataset, Reading, describe_unseen, load, read_labelled, unseen_in
from pminusy.datasets.dataset import Features, Labels
from pminusy.datasets.lookalikes import reading_of, told_apart
from pminusy.errors import DataError, InputError
from pminusy.runs.options import DEFAULT_TEST_SIZE, FitOptions
from pminusy.runs.split import hold_out

_NAMED_LABELS = 5


@dataclass(frozen=True, eq=False)
class Parts:
    """Data as read, and how they were divided.

    Attributes
    ----------
    dataset : Dataset
        All rows of the data; its notes also tell about the division.
    train : Dataset
        The rows to learn from.
    test : (features, labels) or None
        The held-out rows.
    """

    dataset: Dataset
    train: Dataset
    test: tuple[Features, Labels] | None


def read_parts(source: str | Sequence[str], options: FitOptions) -> Parts:
    """Read the data, and hold rows out.

    Parameters
    ----------
    source : str, or a sequence of str
        As for `pminusy.datasets.load`.
    options : FitOptions

    Returns
    -------
    Parts

    Raises
    ------
    DataError, ShapeError
        As `load` raises them, for either file; or the test part has labels that the training part lacks, or
        not its columns.

    Examples
    --------
    >>> parts = read_parts("iris", FitOptions(test_size=0.2))
    >>> parts.train.n_rows, len(parts.test[1])
    (120, 30)
    """
    dataset = load(
        source, target=options.target, drop=options.drop, roles=options.roles, reading=options.reading
    )
    if options.test is not None:
        test = _read_test(options.test, dataset, options.reading)
        unseen = [f"test data: {sentence}" for sentence in describe_unseen(unseen_in(test[0], dataset))]
        dataset = replace(dataset, notes=(*dataset.notes, *unseen))
    elif options.test_size is None and dataset.held_out is not None:
        test = dataset.held_out
    else:
        share = DEFAULT_TEST_SIZE if options.test_size is None else options.test_size
        return _split(dataset, share, options.seed)
    check_labels(test[1], dataset.y, options.test or dataset.source)
    return Parts(dataset, dataset, test)


def _read_test(source: str, train: Dataset, reading: Reading) -> tuple[Features, Labels]:
    try:
        return read_labelled(source, train, reading)
    except InputError as error:
        raise DataError(f"test data {source}: {error}") from error


def check_labels(y: Labels, known: Labels, source: str) -> None:
    """A DataError for labels of test rows that no row to learn from has."""
    unseen = np.setdiff1d(y, known) if y.dtype.kind == known.dtype.kind else np.unique(y)
    if len(unseen):
        named = ", ".join(repr(label) for label in unseen[:_NAMED_LABELS].tolist())
        more = f" and {len(unseen) - _NAMED_LABELS} more" if len(unseen) > _NAMED_LABELS else ""
        raise DataError(
            f"test data {source}: expected labels that occur in the training data, got "
            f"{named}{more}{_resemblance(unseen, known)}"
        )


def _resemblance(unseen: Labels, known: Labels) -> str:
    """Say so where a label is read as one of training is, which a person would look for in vain."""
    readings = {reading_of(str(label)): str(label) for label in np.unique(known).tolist()}
    for label in map(str, unseen.tolist()):
        meant = readings.get(reading_of(label), label)
        if meant != label:
            new, meant = told_apart([label, meant])
            return f"; {new} differs from {meant} only in case, spaces or Unicode form"
    return ""


def _split(dataset: Dataset, share: float, seed: int) -> Parts:
    held_out = hold_out(dataset.y, share, seed)
    if not held_out.any():
        return Parts(dataset, dataset, None)
    noted = replace(dataset, notes=(*dataset.notes, _split_note(dataset.y, held_out, seed)))
    test = noted.take(held_out)
    return Parts(noted, noted.take(~held_out), (test.X, test.y))


def _split_note(y: Labels, held_out: NDArray[np.bool_], seed: int) -> str:
    note = f"held out {held_out.sum():,} of {len(y):,} rows at random (seed {seed}), stratified if possible"
    single = (np.unique(y, return_counts=True)[1] == 1).any()
    return f"{note}; classes with a single row stay to learn from" if single else note
