"""From a table to a data set: the target found, the other columns given roles, incomplete rows left out."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from pminusy.datasets.columns import to_categories, to_dates, to_numbers, to_texts
from pminusy.datasets.dataset import Dataset, Labels, Role
from pminusy.datasets.labels import check_classes, column_labels, label_names
from pminusy.datasets.names import listed, unknown
from pminusy.datasets.notation import PLAIN, parse_numbers
from pminusy.datasets.recognised import Recognised
from pminusy.datasets.recognition import recognise
from pminusy.datasets.roles import infer_role, left_out_because
from pminusy.datasets.spelling import match_names
from pminusy.errors import DataError

_TARGET_NAMES = ("target", "label", "class", "y")
_PARSED = (Role.NUMERIC, Role.DATE)


def table_dataset(
    frame: pl.DataFrame,
    *,
    name: str,
    source: str,
    target: str | None,
    drop: Sequence[str],
    roles: Mapping[str, Role],
    decimal: str | None = None,
    likely_decimal: str | None = None,
) -> Dataset:
    """Build the data set of a table; `load` says what the parameters mean and what is refused.

    The decimal mark is `decimal`, or found out, or `likely_decimal` where a numeral can be read in two ways.
    """
    if not frame.height:
        raise DataError(f"{source}: contains no rows")
    target_name = _find_target(frame.columns, target)
    _check_arguments(frame.columns, target_name, drop, roles)
    features = frame.drop(target_name, *drop)
    found = recognise(features, decimal, likely_decimal)
    typed = pl.DataFrame({column: found[column].values for column in features.columns})
    used = _settle_roles(typed, roles)
    if not used:
        raise DataError(f"{source}: no feature columns are left")
    labelled = frame[target_name].is_not_null()
    if not labelled.any():
        raise DataError(f"{source}: no row has a value of target {target_name!r}")
    y = column_labels(frame[target_name].filter(labelled))
    check_classes(y, target_name)
    X = pl.DataFrame(
        {column: _as_used(features[column], found[column], role) for column, role in used.items()}
    )
    return Dataset(
        name=name,
        source=source,
        kind="table",
        X=X.filter(labelled),
        y=y,
        target_name=target_name,
        feature_names=tuple(used),
        roles=used,
        image_shape=None,
        held_out=None,
        notes=(
            *_target_notes(y, frame.height - len(y), target_name, inferred=target is None),
            *_column_notes(typed, used),
            *_reading_notes(found, used, roles),
        ),
        notations={
            name: found[name].notation
            for name, role in used.items()
            if role in _PARSED and found[name].notation != PLAIN
        },
    )


def labelled_rows(frame: pl.DataFrame, like: Dataset) -> tuple[pl.DataFrame, Labels]:
    """The features and labels of more rows, read as those of a data set were; rows without a label are left out.

    Raises
    ------
    DataError
        No row has a label, or a value is not what its column's role needs.
    """
    rows = frame.filter(pl.col(like.target_name).is_not_null())
    if not rows.height:
        raise DataError(f"no row has a value of target {like.target_name!r}")
    columns = {
        name: _as_used(rows[name], Recognised(rows[name], like.notations.get(name, PLAIN)), role)
        for name, role in like.roles.items()
    }
    return pl.DataFrame(columns), match_names(label_names(rows[like.target_name]), like.y)


def _find_target(columns: Sequence[str], target: str | None) -> str:
    if target is not None:
        if target not in columns:
            raise DataError(f"target: {unknown(target, columns)}")
        return target
    by_lower = {column.lower(): column for column in reversed(columns)}
    for name in _TARGET_NAMES:
        if name in by_lower:
            return by_lower[name]
    hint = ""
    if any(parse_numbers(pl.Series([name]))[0] is not None for name in columns):
        hint = "; if these are values, --no-header reads a file without names of columns"
    raise DataError(f"target: specify the column to predict, one of: {listed(columns)}{hint}")


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
    """Give each column the role asked for or inferred; some are left out."""
    settled = {column.name: roles.get(column.name) or infer_role(column) for column in features}
    return {column: role for column, role in settled.items() if role is not None}


def _as_used(column: pl.Series, found: Recognised, role: Role) -> pl.Series:
    """Numbers and dates parsed; categories and text as the file has them, once they are known to be such."""
    if role is Role.NUMERIC:
        if found.values.dtype == pl.String:
            return to_numbers(column, found.notation)
        to_numbers(found.values)
        return found.values
    if role is Role.DATE:
        return to_dates(column if found.values.dtype == pl.String else found.values, found.notation)
    to_categories(column) if role is Role.CATEGORY else to_texts(column)
    return column


def _column_notes(features: pl.DataFrame, roles: Mapping[str, Role]) -> list[str]:
    notes = []
    for column in features:
        if column.name not in roles:
            notes.append(f"dropped column {column.name!r}: {left_out_because(column)}")
        elif roles[column.name] is Role.DATE:
            notes.append(
                f"column {column.name!r} holds dates: used as year, month, weekday and days since 1970"
            )
        elif column.dtype.is_temporal() and roles[column.name] is Role.NUMERIC:
            unit = "days since 1970" if column.dtype in (pl.Date, pl.Datetime) else "seconds"
            notes.append(f"column {column.name!r} holds dates or times: converted to {unit}")
    return notes


def _reading_notes(
    found: Mapping[str, Recognised], used: Mapping[str, Role], given: Mapping[str, Role]
) -> list[str]:
    """How numbers and dates are written; nothing of columns that are names because they were asked to be."""
    told = [name for name, role in used.items() if role in _PARSED or name not in given]
    return [note for name in told if (note := found[name].note)]


def _target_notes(y: Labels, n_missing: int, target_name: str, inferred: bool) -> list[str]:
    notes = [f"using column {target_name!r} as the target"] if inferred else []
    if n_missing:
        notes.append(f"dropped rows with a missing target: {n_missing}")
    classes, counts = np.unique(y, return_counts=True)
    if (counts == 1).any():
        notes.append(f"classes with a single row: {(counts == 1).sum()} of {len(classes)}")
    return notes
