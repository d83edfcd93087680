"""From a table to a data set: the target found, the other columns given roles, incomplete rows left out."""

from collections.abc import Mapping, Sequence

import polars as pl

from pminusy.datasets.advice import dates_or_advice, numbers_or_advice
from pminusy.datasets.columns import check_names, to_numbers
from pminusy.datasets.dataset import Dataset, Labels, Role
from pminusy.datasets.labels import check_classes, column_labels, label_names
from pminusy.datasets.leakage import TargetCopy, describe_copies, find_copies, refuse_copies
from pminusy.datasets.names import check_columns, listed, no_header_hint, unknown
from pminusy.datasets.notation import PLAIN
from pminusy.datasets.places import in_rows
from pminusy.datasets.plain import check_plain, is_plain
from pminusy.datasets.recognised import Recognised
from pminusy.datasets.recognition import recognise
from pminusy.datasets.roles import LeftOut, infer_role
from pminusy.datasets.spelling import match_names
from pminusy.datasets.table_notes import column_notes, columns_that, reading_notes, target_notes
from pminusy.errors import DataError

_TARGET_NAMES = ("target", "label", "class", "y")
_PARSED = (Role.NUMERIC, Role.DATE)
_NAMED_COLUMNS = 5


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
    target_name = find_target(frame.columns, target)
    _check_arguments(frame.columns, target_name, drop, roles)
    unused = {target_name, *drop}
    features = frame[:, [column for column in frame.columns if column not in unused]]
    found = recognise(features, decimal, likely_decimal)
    typed = pl.DataFrame({column: found[column].values for column in features.columns})
    settled = {column.name: roles.get(column.name) or infer_role(column) for column in typed}
    used = _used_roles(settled, source)
    labelled = frame[target_name].is_not_null()
    if not labelled.any():
        raise DataError(f"{source}: no row has a value of target {target_name!r}")
    with in_rows(lambda row: int(labelled.arg_true()[row])):
        y = column_labels(frame[target_name].filter(labelled))
    check_classes(y, target_name)
    X = _as_used(features, found, used).filter(labelled)
    copies = find_copies(
        X[:, [column for column in used if column not in roles]], frame[target_name].filter(labelled)
    )
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
            *target_notes(y, frame.height - len(y), target_name, inferred=target is None),
            *_copy_notes(copies, used, target_name),
            *column_notes(typed, settled, used),
            *reading_notes(found, used, roles),
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
        A column is missing, no row has a label, or a value is not what its column's role needs.
    """
    check_columns(frame, (*like.feature_names, like.target_name))
    labelled = frame[like.target_name].is_not_null()
    if not labelled.any():
        raise DataError(f"no row has a value of target {like.target_name!r}")
    labels = label_names(frame[like.target_name].filter(labelled))
    return used_columns(frame, like).filter(labelled), match_names(labels, like.y)


def used_columns(frame: pl.DataFrame, like: Dataset) -> pl.DataFrame:
    """The features of more rows, numbers and dates parsed as those of a data set were.

    Raises
    ------
    DataError
        A value is not what its column's role needs.
    """
    found = {name: Recognised(frame[name], like.notations.get(name, PLAIN)) for name in like.roles}
    return _as_used(frame, found, like.roles)


def find_target(columns: Sequence[str], target: str | None) -> str:
    """The column to predict: the one asked for, or one with a usual name; a DataError where there is none."""
    if target is not None:
        if target not in columns:
            raise DataError(f"target: {unknown(target, columns)}")
        return target
    by_lower = {column.lower(): column for column in reversed(columns)}
    for name in _TARGET_NAMES:
        if name in by_lower:
            return by_lower[name]
    raise DataError(
        f"target: specify the column to predict, one of: {listed(columns)}{no_header_hint(columns)}"
    )


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
    dropped = set(drop)
    for name in roles:
        if name in dropped:
            raise DataError(f"roles: {name!r} is also in drop")


def _used_roles(settled: Mapping[str, Role | LeftOut], source: str) -> dict[str, Role]:
    """The features, which are those left out for want of better where there are no others."""
    used = {name: role for name, role in settled.items() if isinstance(role, Role)}
    left_out = {name: role for name, role in settled.items() if isinstance(role, LeftOut)}
    used = used or {name: role.alone for name, role in left_out.items() if role.alone}
    if not used:
        dropped = [f"; dropped {columns_that([name], role.reason)}" for name, role in left_out.items()]
        raise DataError(f"{source}: no feature columns are left{''.join(dropped[:_NAMED_COLUMNS])}")
    return used


def _as_used(
    features: pl.DataFrame, found: Mapping[str, Recognised], used: Mapping[str, Role]
) -> pl.DataFrame:
    """Numbers and dates parsed; categories and text as the file has them, once they are known to be such."""
    X = pl.DataFrame({name: _cast(features[name], found[name], role) for name, role in used.items()})
    check_plain(X[:, [name for name, role in used.items() if role is Role.NUMERIC]])
    return X


def _cast(column: pl.Series, found: Recognised, role: Role) -> pl.Series:
    values = found.values
    if role is Role.NUMERIC:
        if values.dtype == pl.String:
            return numbers_or_advice(column, found.notation, trained=False)
        if not is_plain(values.dtype):
            to_numbers(values)
        return values
    if role is Role.DATE:
        return dates_or_advice(column if values.dtype == pl.String else values, found.notation)
    check_names(column)
    return column


def _copy_notes(copies: list[TargetCopy], used: Mapping[str, Role], target_name: str) -> list[str]:
    """Refuse copies of the target, but for features with names of their own where there are no others."""
    if len(copies) < len(used) or any(copy.verbatim for copy in copies):
        refuse_copies(copies, target_name)
    return describe_copies(copies, target_name)
