"""The rows of files some at a time, as polars has them: strings where a file is text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pminusy.blocks.files.stamps import Stamp
from pminusy.blocks.files.tables import explained, require_pyarrow
from pminusy.datasets.pieces.found import Sources
from pminusy.datasets.pieces.kinds import common_form
from pminusy.datasets.pieces.schema import common_schema
from pminusy.datasets.pieces.stored import batch_rows
from pminusy.datasets.pieces.text import TextFile, open_text
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


@dataclass(frozen=True, eq=False)
class Piece:
    """Rows of one file that follow one another.

    Attributes
    ----------
    source : str
        The file.
    start : int
        The number of the first row in its file, from 0.
    frame : polars.DataFrame
    done : float
        The share of the bytes of all files that was read when this piece was.
    """

    source: str
    start: int
    frame: pl.DataFrame
    done: float

    def place(self, row: int) -> str:
        """Where a row of the piece is, for messages."""
        return f"in row {self.start + row + 1:,} (counted from 1) of {self.source}"


class FilesInPieces:
    """Files of one kind, which are read from the beginning as often as need be.

    Parameters
    ----------
    sources : Sources
    reading : Reading
        What is known of how text is written.
    needed : sequence of str, optional
        The columns that files must have, in place of those of the first one; others are read where they are there.

    Attributes
    ----------
    form : str
        parquet, ipc or csv.
    schema : mapping of str to polars.DataType
        The columns of all pieces.
    n_bytes : int

    Raises
    ------
    DataError
        There are files that cannot be read in pieces, that differ in their columns, or lack one that is needed.
    InputError
        pyarrow is not installed.
    """

    def __init__(self, sources: Sources, reading: Reading, needed: Sequence[str] | None = None) -> None:
        require_pyarrow()
        self._sources, self.form = sources, common_form(sources.files)
        self.stamps = [Stamp.of(Path(source)) for source in sources.files]
        self.n_bytes = sum(stamp.size for stamp in self.stamps)
        self._texts = {each: open_text(each, reading) for each in sources.files} if self.form == "csv" else {}
        self.schema = common_schema({each: self._own_schema(each) for each in sources.files}, needed)
        self.decimal = "," if any(text.separator == ";" for text in self._texts.values()) else None

    def __iter__(self) -> Iterator[Piece]:
        """A pass over all rows, in order; a file that changed since the first one is a DataError."""
        read = 0
        for source, stamp in zip(self._sources.files, self.stamps, strict=True):
            stamp.check()
            start = 0
            for frame, share in self._frames(source):
                done = (read + share * stamp.size) / max(1, self.n_bytes)
                for part in frame.iter_slices(self._n_rows):
                    yield Piece(source, start, part, done)
                    start += part.height
            stamp.check()
            read += stamp.size

    @property
    def _n_rows(self) -> int:
        return batch_rows(len(self.schema))

    def _own_schema(self, source: str) -> dict[str, pl.DataType]:
        told: dict[str, pl.DataType] = dict.fromkeys(self._sources.told(source), pl.String())
        if self.form == "csv":
            return {**dict.fromkeys(self._texts[source].names, pl.String()), **told}
        return {**_stored_schema(self.form, source), **told}

    def _frames(self, source: str) -> Iterator[tuple[pl.DataFrame, float]]:
        told = self._sources.told(source)
        stored = [name for name in self._own_schema(source) if name not in told and name in self.schema]
        with explained(self.form, Path(source)):
            for table, share in _tables(
                self.form, Path(source), stored, self._n_rows, self._texts.get(source)
            ):
                frame = pl.DataFrame(pl.from_arrow(table))
                yield self._completed(frame, told, source), share

    def _completed(self, frame: pl.DataFrame, told: dict[str, str | None], source: str) -> pl.DataFrame:
        columns = [pl.lit(value, pl.String).alias(name) for name, value in told.items()]
        frame = frame.with_columns(columns) if columns else frame
        there = [name for name in self.schema if name in frame.columns]
        try:
            return frame.select(pl.col(name).cast(self.schema[name]) for name in there)
        except pl.exceptions.PolarsError as error:
            raise DataError(f"{source}: expected the types of the first file: {error}") from error


def _tables(
    form: str, path: Path, columns: Sequence[str], n_rows: int, text: TextFile | None
) -> Iterator[tuple[Any, float]]:
    """Tables of pyarrow, and the share of the file that was read by then."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if form == "csv":
        assert text is not None
        yield from text.tables()
    elif form == "parquet":
        with pq.ParquetFile(path, pre_buffer=False) as file:
            total, done = file.metadata.num_rows, 0
            for batch in file.iter_batches(n_rows, columns=list(columns), use_threads=False):
                done += batch.num_rows
                yield pa.Table.from_batches([batch]), done / total
    else:
        with pa.ipc.open_file(pa.memory_map(str(path))) as file:
            total = file.num_record_batches
            for number in range(total):
                table = pa.Table.from_batches([file.get_batch(number)])
                yield table.select(list(columns)), (number + 1) / total


def _stored_schema(form: str, source: str) -> dict[str, pl.DataType]:
    from pminusy.blocks.files.tables import schema_of

    empty = pl.DataFrame(pl.from_arrow(schema_of(form, Path(source)).empty_table()))
    return {
        name: pl.String() if dtype in (pl.Categorical, pl.Enum) else dtype
        for name, dtype in empty.schema.items()
    }


def stored_shape(form: str, path: Path) -> tuple[int, int]:
    """The rows and columns of a Parquet or Arrow file, which tells them without being read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with explained(form, path):
        if form == "parquet":
            metadata = pq.read_metadata(path)
            return int(metadata.num_rows), len(metadata.schema.to_arrow_schema().names)
        with pa.ipc.open_file(pa.memory_map(str(path))) as file:
            rows = (file.get_batch(number).num_rows for number in range(file.num_record_batches))
            return sum(rows), len(file.schema.names)
