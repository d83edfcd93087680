"""Several files read into memory as one table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import polars as pl

from pminusy.datasets.formats import read
from pminusy.datasets.pieces.found import Sources
from pminusy.datasets.pieces.schema import common_schema
from pminusy.datasets.places import row_number
from pminusy.datasets.readers.arrays import Arrays
from pminusy.datasets.readers.table import Table
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


def read_at_once(
    sources: Sources,
    reading: Reading,
    asked: Reading = Reading(),  # noqa: B008
    needed: Sequence[str] | None = None,
) -> Table | Arrays:
    """Read one file as `formats.read` does, or several tables, one below the other.

    Parameters
    ----------
    sources : Sources
    reading, asked : Reading
        As for `formats.read`.
    needed : sequence of str, optional
        The columns that each of several files must have, in place of those of the first one.

    Raises
    ------
    DataError
        As `formats.read`; one of several files holds an array, or they differ in their columns.

    Examples
    --------
    >>> read_at_once(find_sources(["iris"]), Reading()).frame.shape   # doctest: +SKIP
    (150, 5)
    """
    contents = [read(file, reading, asked) for file in sources.files]
    if len(contents) == 1 and not sources.told(sources.files[0]):
        return contents[0]
    tables = []
    for file, content in zip(sources.files, contents, strict=True):
        if not isinstance(content, Table):
            raise DataError(f"{file}: expected a table, as there are several files, got an array")
        told = [pl.lit(value, pl.String).alias(name) for name, value in sources.told(file).items()]
        tables.append(replace(content, frame=content.frame.with_columns(told)))
    return _stacked(sources.files, tables, needed)


def _stacked(files: Sequence[str], tables: Sequence[Table], needed: Sequence[str] | None) -> Table:
    schemas = {file: _plain(table.frame) for file, table in zip(files, tables, strict=True)}
    schema = common_schema(schemas, needed)
    frames = [table.frame.select(pl.col(name).cast(schema[name]) for name in schema) for table in tables]
    starts = list(accumulate((frame.height for frame in frames), initial=0))

    def place(row: int) -> str:
        number = bisect_right(starts, row) - 1
        return f"{tables[number].place(row - starts[number])} of {files[number]}"

    notes = [f"{file}: {note}" for file, table in zip(files, tables, strict=True) for note in table.notes]
    decimal = next((table.decimal for table in tables if table.decimal), None)
    hint = next((table.header_hint for table in tables if table.header_hint), "")
    return Table(pl.concat(frames), tuple(notes), decimal, place if len(files) > 1 else row_number, hint)


def _plain(frame: pl.DataFrame) -> dict[str, pl.DataType]:
    return {
        name: pl.String() if dtype in (pl.Categorical, pl.Enum) else dtype
        for name, dtype in frame.schema.items()
    }
