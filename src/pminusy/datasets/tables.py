"""From a table to a data set: the target found, the other columns given roles, incomplete rows left out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from pminusy.datasets.columns import to_categories, to_numbers, to_texts
from pminusy.datasets.dataset import Dataset, Labels, Role
from pminusy.datasets.labels import check_classes, column_labels
from pminusy.datasets.leakage import TargetCopy, describe_copies, find_copies, refuse_copies
from pminusy.datasets.lookalikes import read_alike, told_apart
from pminusy.datasets.names import check_columns, listed, unknown
from pminusy.datasets.plain import check_plain, is_plain
from pminusy.datasets.roles import LeftOut, infer_role
from pminusy.errors import DataError

_TARGET_NAMES = ("target", "label", "class", "y")
_NAMED_COLUMNS = 5
_CASTS = {Role.NUMERIC: to_numbers, Role.CATEGORY: to_categories, Role.TEXT: to_texts}


def table_dataset(
    frame: pl.DataFrame,
    *,
    name: str,
    source: str,
    target: str | None,
    drop: Sequence[str],
    roles: Mapping[str, Role],
) -> Dataset:
    """Build the data set of a table; `load` says what the parameters mean and what is refused."""
    if not frame.height:
        raise DataError(f"{source}: contains no rows")
    target_name = _find_target(frame.columns, target)
    _check_arguments(frame.columns, target_name, drop, roles)
    features = frame.drop(target_name, *drop)
    settled = {column.name: roles.get(column.name) or infer_role(column) for column in features}
    used = _used_roles(settled, source)
    _check_casts(features, used)
    labelled = frame[target_name].is_not_null()
    if not labelled.any():
        raise DataError(f"{source}: no row has a value of target {target_name!r}")
    y = column_labels(frame[target_name].filter(labelled))
    check_classes(y, target_name)
    X = features.select(list(used)).filter(labelled)
    copies = find_copies(X.drop(roles, strict=False), frame[target_name].filter(labelled))
    return Dataset(
        name=name,
        source=source,
        kind="table",
        X=X,
        y=y,
        target_name=target_name,
        feature_names=tuple(used),
        roles=used,
        image_shape=None,
        held_out=None,
        notes=(
            *_target_notes(y, frame.height - len(y), target_name, inferred=target is None),
            *_copy_notes(copies, used, target_name),
            *_column_notes(features, settled, used),
        ),
    )


def labelled_rows(frame: pl.DataFrame, like: Dataset) -> tuple[pl.DataFrame, Labels]:
    """The features and labels of more rows, read as those of a data set were; rows without a label are left out.

    Raises
    ------
    DataError
        A column is missing, no row has a label, or a value is not what its column's role needs.
    """
    check_columns(frame, (*like.feature_names, like.target_name))
    rows = frame.filter(frame[like.target_name].is_not_null())
    if not rows.height:
        raise DataError(f"no row has a value of target {like.target_name!r}")
    _check_casts(rows, like.roles)
    y = column_labels(rows[like.target_name])
    # Of names that are numbers but for a few, a small file can hold those that are.
    return rows.select(like.feature_names), y.astype(np.str_) if like.y.dtype.kind == "U" else y


def _find_target(columns: Sequence[str], target: str | None) -> str:
    if target is not None:
        if target not in columns:
            raise DataError(f"target: {unknown(target, columns)}")
        return target
    by_lower = {column.lower(): column for column in reversed(columns)}
    for name in _TARGET_NAMES:
        if name in by_lower:
            return by_lower[name]
    raise DataError(f"target: specify the column to predict, one of: {listed(columns)}")


def _check_arguments(
    columns: Sequence[str], target_name: str, drop: Sequence[str], roles: Mapping[str, Role]
) -> None:
    known = set(columns)
    for argument, names in (("drop", drop), ("roles", roles)):
        for name in names:
            if name not in known:
                raise DataError(f"{argument}: {unknown(name, columns)}")
            if name == target_name:
                raise DataError(f"{argument}: {name!r} is the target")
    for name in roles:
        if name in drop:
            raise DataError(f"roles: {name!r} is also in drop")


def _used_roles(settled: Mapping[str, Role | LeftOut], source: str) -> dict[str, Role]:
    """The features, which are those left out for want of better where there are no others."""
    used = {name: role for name, role in settled.items() if isinstance(role, Role)}
    left_out = {name: role for name, role in settled.items() if isinstance(role, LeftOut)}
    used = used or {name: role.alone for name, role in left_out.items() if role.alone}
    if not used:
        dropped = [f"; dropped {_told([name], role.reason)}" for name, role in left_out.items()]
        raise DataError(f"{source}: no feature columns are left{''.join(dropped[:_NAMED_COLUMNS])}")
    return used


def _check_casts(features: pl.DataFrame, used: Mapping[str, Role]) -> None:
    check_plain(features.select(name for name, role in used.items() if role is Role.NUMERIC))
    for name, role in used.items():
        if role is not Role.NUMERIC or not is_plain(features[name].dtype):
            _CASTS[role](features[name])


def _copy_notes(copies: list[TargetCopy], used: Mapping[str, Role], target_name: str) -> list[str]:
    """Refuse copies of the target, but for features with names of their own where there are no others."""
    if len(copies) < len(used) or any(copy.verbatim for copy in copies):
        refuse_copies(copies, target_name)
    return describe_copies(copies, target_name)


def _column_notes(
    features: pl.DataFrame, settled: Mapping[str, Role | LeftOut], used: Mapping[str, Role]
) -> list[str]:
    dropped = defaultdict(list)
    notes = []
    for name, role in settled.items():
        dtype = features[name].dtype
        if isinstance(role, LeftOut):
            if name in used:
                notes.append(f"using {_told([name], role.reason)}; no other column is left")
            else:
                dropped[role.reason].append(name)
        elif dtype.is_temporal() and role is Role.NUMERIC:
            unit = "days since 1970" if dtype in (pl.Date, pl.Datetime) else "seconds"
            notes.append(f"column {name!r} holds dates or times: converted to {unit}")
    return [*notes, *(f"dropped {_told(names, reason)}" for reason, names in dropped.items())]


def _told(columns: Sequence[str], reason: str) -> str:
    if len(columns) == 1:
        return f"column {columns[0]!r}: it {reason}"
    quoted = ", ".join(map(repr, columns[:_NAMED_COLUMNS]))
    more = len(columns) - _NAMED_COLUMNS
    return f"columns {quoted}{f' and {more:,} more' if more > 0 else ''}: each {reason}"


def _target_notes(y: Labels, n_missing: int, target_name: str, inferred: bool) -> list[str]:
    notes = [f"using column {target_name!r} as the target"] if inferred else []
    if n_missing:
        notes.append(f"dropped rows with a missing target: {n_missing}")
    classes, counts = np.unique(y, return_counts=True)
    if (counts == 1).any():
        notes.append(f"classes with a single row: {(counts == 1).sum()} of {len(classes)}")
    n_rows = dict(zip(classes.tolist(), counts.tolist(), strict=True))
    for group in read_alike(map(str, n_rows)):
        counted = ", ".join(
            f"{shown} ({n_rows[label]:,})" for label, shown in zip(group, told_apart(group), strict=True)
        )
        notes.append(f"classes that differ only in case, spaces or Unicode form are kept apart: {counted}")
    return notes
