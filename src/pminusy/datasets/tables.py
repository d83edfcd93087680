"""From a table to a data set: the target found, the other columns given roles, incomplete rows left out."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from pminusy.datasets.columns import to_categories, to_numbers, to_texts
from pminusy.datasets.dataset import Dataset, Labels, Role
from pminusy.datasets.labels import check_classes, column_labels
from pminusy.datasets.names import listed, unknown
from pminusy.datasets.roles import infer_role, left_out_because
from pminusy.errors import DataError

_TARGET_NAMES = ("target", "label", "class", "y")
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
    used = _settle_roles(features, roles)
    if not used:
        raise DataError(f"{source}: no feature columns are left")
    labelled = frame[target_name].is_not_null()
    if not labelled.any():
        raise DataError(f"{source}: no row has a value of target {target_name!r}")
    y = column_labels(frame[target_name].filter(labelled))
    check_classes(y, target_name)
    return Dataset(
        name=name,
        source=source,
        kind="table",
        X=features.select(list(used)).filter(labelled),
        y=y,
        target_name=target_name,
        feature_names=tuple(used),
        roles=used,
        image_shape=None,
        held_out=None,
        notes=(
            *_target_notes(y, frame.height - len(y), target_name, inferred=target is None),
            *_column_notes(features, used),
        ),
    )


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
    for argument, names in (("drop", drop), ("roles", roles)):
        for name in names:
            if name not in columns:
                raise DataError(f"{argument}: {unknown(name, columns)}")
            if name == target_name:
                raise DataError(f"{argument}: {name!r} is the target")
    for name in roles:
        if name in drop:
            raise DataError(f"roles: {name!r} is also in drop")


def _settle_roles(features: pl.DataFrame, roles: Mapping[str, Role]) -> dict[str, Role]:
    """Give each column the role asked for or inferred, and check that it can be cast; some are left out."""
    settled = {column.name: roles.get(column.name) or infer_role(column) for column in features}
    used = {column: role for column, role in settled.items() if role is not None}
    for column, role in used.items():
        _CASTS[role](features[column])
    return used


def _column_notes(features: pl.DataFrame, roles: Mapping[str, Role]) -> list[str]:
    notes = []
    for column in features:
        if column.name not in roles:
            notes.append(f"dropped column {column.name!r}: {left_out_because(column)}")
        elif column.dtype.is_temporal() and roles[column.name] is Role.NUMERIC:
            unit = "days since 1970" if column.dtype in (pl.Date, pl.Datetime) else "seconds"
            notes.append(f"column {column.name!r} holds dates or times: converted to {unit}")
    return notes


def _target_notes(y: Labels, n_missing: int, target_name: str, inferred: bool) -> list[str]:
    notes = [f"using column {target_name!r} as the target"] if inferred else []
    if n_missing:
        notes.append(f"dropped rows with a missing target: {n_missing:,}")
    classes, counts = np.unique(y, return_counts=True)
    if (counts == 1).any():
        notes.append(f"classes with a single row: {(counts == 1).sum():,} of {len(classes):,}")
    return notes
