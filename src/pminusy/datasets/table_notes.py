"""What is said of a table as it is read: its target, its columns, and what was left out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.dataset import Labels, Role
from pminusy.datasets.lookalikes import read_alike, reading_of, told_apart
from pminusy.datasets.markers import are_usual
from pminusy.datasets.recognised import Recognised
from pminusy.datasets.roles import LeftOut
from pminusy.datasets.spelling import by_value

_NAMED_COLUMNS = 5
_NAMED_GROUPS = 3
_FEW_ROWS = 20


def target_notes(y: Labels, n_missing: int, target_name: str, inferred: bool) -> list[str]:
    """Where the target comes from, which rows lack it, and what `class_notes` says of its classes."""
    notes = [f"using column {target_name!r} as the target"] if inferred else []
    if n_missing:
        notes.append(f"dropped rows with a missing target: {n_missing:,}")
    return notes + class_notes(y)


def class_notes(y: Labels) -> list[str]:
    """Which classes of labels (N,) are odd: rare ones, missing values by their name, and some that may be one.

    Examples
    --------
    >>> class_notes(np.array(["1", "2", "1.0", "2", "1", "1.0"]))
    ["classes that are one value written in different ways are kept apart: '1' (2), '1.0' (2)"]
    """
    return notes_on_classes(*np.unique(y, return_counts=True))


def notes_on_classes(classes: Labels, counts: NDArray[np.integer]) -> list[str]:
    """The same of the classes (K,) in order, and how many rows each has."""
    notes, n_rows_in_all = [], int(counts.sum())
    if (counts == 1).any():
        notes.append(f"classes with a single row: {(counts == 1).sum():,} of {len(classes):,}")
    if classes.dtype.kind in "iu" and n_rows_in_all > _FEW_ROWS and 2 * len(classes) > n_rows_in_all:
        notes.append(
            f"the target has {len(classes):,} classes in {n_rows_in_all:,} rows: a number to be predicted has no "
            "classes"
        )
    markers = [str(label) for label in classes if isinstance(label, str) and _looks_missing(label)]
    if markers:
        listed = ", ".join(map(repr, markers))
        notes.append(f"{listed} of the target is a class; with --missing its rows count as without a target")
    n_rows = dict(zip(classes.tolist(), counts.tolist(), strict=True))
    alike = "classes that differ only in case, spaces or Unicode form"
    notes += _notes_on_groups(alike, read_alike(map(str, n_rows)), n_rows)
    if classes.dtype.kind == "U":
        same = "classes that are one value written in different ways"
        notes += _notes_on_groups(same, _same_values([str(label) for label in n_rows]), n_rows)
    return notes


def _notes_on_groups(which: str, groups: list[list[str]], n_rows: Mapping[str, int]) -> list[str]:
    notes = []
    for group in groups[:_NAMED_GROUPS]:
        counted = ", ".join(
            f"{shown} ({n_rows[label]:,})" for label, shown in zip(group, told_apart(group), strict=True)
        )
        notes.append(f"{which} are kept apart: {counted}")
    if len(groups) > _NAMED_GROUPS:
        notes.append(f"there are {len(groups) - _NAMED_GROUPS:,} more groups of such classes")
    return notes


def _same_values(labels: list[str]) -> list[list[str]]:
    """Groups of labels that are the same number, date or truth value, in more than their letters' case."""
    groups = defaultdict(list)
    for label, value in zip(labels, by_value(pl.Series(labels, dtype=pl.String)), strict=True):
        groups[value].append(label)
    return [group for group in groups.values() if len({reading_of(label) for label in group}) > 1]


def _looks_missing(label: str) -> bool:
    return bool(are_usual(pl.Series([label]))[0]) and not label.isalpha()


def column_notes(
    features: pl.DataFrame, settled: Mapping[str, Role | LeftOut], used: Mapping[str, Role]
) -> list[str]:
    """Which columns are dates or times, and which are left out and why."""
    dropped = defaultdict(list)
    notes = []
    for name, role in settled.items():
        dtype = features[name].dtype
        if isinstance(role, LeftOut):
            if name in used:
                notes.append(f"using {columns_that([name], role.reason)}; no other column is left")
            else:
                dropped[role.reason].append(name)
        elif role is Role.DATE:
            notes.append(f"column {name!r} holds dates: used as year, month, weekday and days since 1970")
        elif dtype.is_temporal() and role is Role.NUMERIC:
            unit = "days since 1970" if dtype in (pl.Date, pl.Datetime) else "seconds"
            notes.append(f"column {name!r} holds dates or times: converted to {unit}")
    return [*notes, *(f"dropped {columns_that(names, reason)}" for reason, names in dropped.items())]


def reading_notes(
    found: Mapping[str, Recognised], used: Mapping[str, Role], given: Mapping[str, Role]
) -> list[str]:
    """How numbers and dates are written, and why columns are names that look like them.

    Nothing is said of columns that are names because they were asked to be.
    """
    parsed = (Role.NUMERIC, Role.DATE)
    return [
        column.note
        for name, column in found.items()
        if column.note
        and (used[name] in parsed or name not in given if name in used else column.values.dtype == pl.String)
    ]


def columns_that(columns: Sequence[str], reason: str) -> str:
    """Name columns and say what each of them does or is.

    Examples
    --------
    >>> columns_that(["a"], "has only missing values"), columns_that(["a", "b"], "has only missing values")
    ("column 'a': it has only missing values", "columns 'a', 'b': each has only missing values")
    """
    if len(columns) == 1:
        return f"column {columns[0]!r}: it {reason}"
    quoted = ", ".join(map(repr, columns[:_NAMED_COLUMNS]))
    more = len(columns) - _NAMED_COLUMNS
    return f"columns {quoted}{f' and {more:,} more' if more > 0 else ''}: each {reason}"
