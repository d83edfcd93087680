"""Tables in files as pieces of numbers, by pyarrow: what is in them, and each piece in the dtype to compute in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pminusy.errors import InputError

_CSV_BLOCK = 1 << 22  # bytes
_BATCH = 4096  # rows of Parquet


@dataclass(frozen=True)
class Piece:
    """Rows that are decoded together: a row group of a Parquet file, or a batch of another.

    Attributes
    ----------
    number : int
        Of the row group, or the batch, in its file.
    """

    path: Path
    number: int
    n_rows: int


def require_pyarrow() -> None:
    """An InputError that says what to install, where pyarrow is not."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise InputError('files: reading them needs pyarrow: pip install "pminusy[files]"') from None


def schema_of(form: str, path: Path) -> Any:
    """A file's columns and their types.

    Raises
    ------
    InputError
        It cannot be read as one of its format.
    """
    with explained(form, path):
        if form == "parquet":
            import pyarrow.parquet as pq

            return pq.read_schema(path)
        with _opened(form, path, None, None) as reader:
            return reader.schema


def pieces_of(path: Path) -> list[Piece]:
    """The row groups of a Parquet file that have rows."""
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(path)
    sizes = [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]
    return [Piece(path, number, size) for number, size in enumerate(sizes) if size]


def read_piece(piece: Piece, columns: Sequence[str]) -> Iterator[Any]:
    """A row group's columns, as tables of pyarrow of some rows each, in order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with explained("parquet", piece.path), pq.ParquetFile(piece.path, pre_buffer=False) as file:
        groups = file.iter_batches(_BATCH, [piece.number], list(columns), use_threads=False)
        for batch in groups:
            yield pa.Table.from_batches([batch])


def batches(form: str, path: Path, columns: Sequence[str], numeric: Sequence[str]) -> Iterator[Any]:
    """The rows of a file in order, some at a time; some of the columns are read as numbers whatever they look like."""
    with explained(form, path):
        if form == "parquet":
            for piece in pieces_of(path):
                yield from read_piece(piece, columns)
            return
        import pyarrow as pa

        with _opened(form, path, columns, numeric) as reader:
            many = (
                (reader.get_batch(i) for i in range(reader.num_record_batches)) if form == "ipc" else reader
            )
            for batch in many:
                yield pa.Table.from_batches([batch]).select(list(columns))


@contextmanager
def explained(form: str, path: Path) -> Iterator[None]:
    """What pyarrow finds wrong with a file, as an InputError that names it."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise InputError(f"files: {path} cannot be read as {form}: {reason}") from None


def _opened(form: str, path: Path, columns: Sequence[str] | None, numeric: Sequence[str] | None) -> Any:
    import pyarrow as pa

    if form == "ipc":
        return pa.ipc.open_file(pa.memory_map(str(path)))
    from pyarrow import csv

    convert = csv.ConvertOptions(
        include_columns=None if columns is None else list(columns),
        column_types={name: pa.float64() for name in numeric or ()},
    )
    reading = csv.ReadOptions(block_size=_CSV_BLOCK, use_threads=False)
    return csv.open_csv(path, reading, convert_options=convert)
