"""The columns that several files have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from pminusy.datasets.names import listed, unknown
from pminusy.errors import DataError

Schema = Mapping[str, pl.DataType]


def common_schema(
    schemas: Mapping[str, Schema], needed: Sequence[str] | None = None
) -> dict[str, pl.DataType]:
    """The columns of all files, each of a type that holds the values of all.

    Parameters
    ----------
    schemas : mapping of str to schema
        By file.
    needed : sequence of str, optional
        The columns that each file must have; those of the first file, and no others, by default.

    Raises
    ------
    DataError
        A file lacks a column, has one more, or holds numbers where another has names, or the like; it is named.

    Examples
    --------
    >>> common_schema({"a.parquet": {"x": pl.Int64()}, "b.parquet": {"x": pl.Float32()}})
    {'x': Float64}
    """
    (first, own), *others = schemas.items()
    names = list(own) if needed is None else list(needed)
    for source, schema in schemas.items():
        for name in names:
            if name not in schema:
                where = f"{source}: {unknown(name, list(schema))}"
                raise DataError(where if needed is not None else f"{where}, which {first} has")
        more = [name for name in schema if name not in own]
        if needed is None and more:
            raise DataError(f"{source}: expected the columns of {first}, got also {listed(more)}")
    common = {name: own[name] for name in names}
    for source, schema in others:
        common = {name: _both(name, common[name], schema[name], source, first) for name in names}
    return common


def _both(name: str, one: pl.DataType, other: pl.DataType, source: str, first: str) -> pl.DataType:
    if one == other:
        return one
    empty = [pl.Series(name, [], dtype=dtype).to_frame() for dtype in (one, other)]
    alike = (one.is_numeric() and other.is_numeric()) or pl.Null in (one, other)
    if alike or (one.is_temporal() and other.is_temporal()):
        try:
            return pl.concat(empty, how="vertical_relaxed").schema[name]
        except pl.exceptions.PolarsError:
            pass
    raise DataError(f"{source}: expected {_word(one)} in column {name!r}, as in {first}, got {_word(other)}")


def _word(dtype: pl.DataType) -> str:
    if dtype.is_numeric():
        return "numbers"
    return {pl.String: "strings", pl.Boolean: "truth values"}.get(type(dtype), str(dtype))
