"""The columns that all files have alike, and their cells as numbers and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.files.tables import schema_of
from pminusy.errors import InputError

Array = NDArray[Any]

_ROWS = 4096  # that are written together: the cache lines of a few columns stay near until they are full


@dataclass(frozen=True)
class Columns:
    """The features, in order, and the target; what a folder's name tells, such as `year=2024`, is a column, too.

    Attributes
    ----------
    features : tuple of str
    target : str or None
    dtype : dtype
        Of the features.
    """

    features: tuple[str, ...]
    target: str | None
    dtype: np.dtype[Any]

    def part(self, start: int, stop: int) -> Columns:
        """The features [start, stop) alone."""
        return replace(self, features=self.features[start:stop])

    def stored(self, path: Path, *, target: bool) -> list[str]:
        """Those that are to be read from a file: the features, or the target."""
        told = partitions(path)
        wanted = self.features if not target else (self.target,) if self.target else ()
        return [name for name in wanted if name not in told]

    def numbers(self, table: Any, path: Path, out: Array) -> Array:
        """The features side by side in `out` (n, D).

        Raises
        ------
        InputError
            A cell is empty.
        """
        told = partitions(path)
        cells = [
            np.broadcast_to(float(told[name]), len(out)) if name in told else _cells(table, name, path)
            for name in self.features
        ]
        for start in range(0, len(out), _ROWS):
            rows = slice(start, start + _ROWS)
            for place, column in enumerate(cells):
                out[rows, place] = column[rows]
        return out

    def labels(self, table: Any, path: Path, n_rows: int) -> Array:
        """The target's cells.

        Raises
        ------
        InputError
            A cell is empty.
        """
        told = partitions(path)
        if self.target in told:
            return np.full(n_rows, told[self.target])
        column = table.column(self.target)
        if column.null_count:
            raise InputError(
                f"files: expected a label in every row of {self.target!r} of {path}, got an empty cell"
            )
        labels = column.to_numpy()
        return labels.astype(str) if labels.dtype == object else labels


def _cells(table: Any, name: str, path: Path) -> Array:
    column = table.column(name)
    if column.null_count:
        raise InputError(f"files: expected numbers in column {name!r} of {path}, got an empty cell")
    return column.to_numpy()


def partitions(path: Path) -> dict[str, str]:
    """What the names of a file's folders tell, as in `year=2024/month=05`."""
    pairs = (part.split("=", 1) for part in path.parts[:-1] if "=" in part)
    return {name: value for name, value in pairs if name}


def common_columns(
    form: str, files: Sequence[Path], features: Sequence[str] | None, target: str | None, dtype: Any
) -> Columns:
    """The columns to read, which every file has.

    Raises
    ------
    InputError
        A file lacks one, has others than the first where `features` are not given, or one that holds no numbers.
    """
    first = _types(form, files[0])
    if target is not None and target not in first:
        raise InputError(f"target: expected a column of {files[0]}, one of {_listed(first)}, got {target!r}")
    chosen = tuple(name for name in first if name != target) if features is None else tuple(features)
    if not chosen:
        raise InputError(f"columns: expected at least one feature in {files[0]}, got none")
    for path in files:
        types = first if path is files[0] else _types(form, path)
        _check(path, types, chosen, target, files[0] if features is None else None, first)
    if dtype is None:
        small = all(first[name] in ("halffloat", "float") for name in chosen)
        dtype = np.float32 if small else np.float64
    found = np.dtype(dtype)
    if found not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise InputError(f"dtype: expected float32, float64 or None, got {dtype!r}")
    return Columns(chosen, target, found)


def _types(form: str, path: Path) -> dict[str, str]:
    schema = schema_of(form, path)
    types = {name: str(kind) for name, kind in zip(schema.names, schema.types, strict=True)}
    for name, value in partitions(path).items():
        types[name] = "double" if _is_number(value) else "string"
    return types


def _check(
    path: Path,
    types: dict[str, str],
    features: Sequence[str],
    target: str | None,
    alike: Path | None,
    first: dict[str, str],
) -> None:
    for name in (*features, *([target] if target else [])):
        if name not in types:
            raise InputError(
                f"files: expected a column {name!r} in every file, got none in {path}: {_listed(types)}"
            )
    for name in features:
        if not _is_numeric(types[name]):
            raise InputError(
                f"columns: expected numbers in column {name!r}, got {types[name]} in {path}; "
                "name the columns that are features, or encode this one first"
            )
    if target and _is_numeric(types[target]) != _is_numeric(first[target]):
        raise InputError(
            f"target: expected {first[target]} in column {target!r}, as in the first file, "
            f"got {types[target]} in {path}"
        )
    more = [name for name in types if name not in features and name != target]
    if alike is not None and more:
        raise InputError(
            f"files: expected the columns of {alike} in every file, got also {_listed(more)} in {path}"
        )


def _is_numeric(kind: str) -> bool:
    return kind == "bool" or kind.startswith(("int", "uint", "halffloat", "float", "double"))


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def _listed(names: Any) -> str:
    return ", ".join(map(str, names))
