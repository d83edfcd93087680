"""A typed table on disk, which is read in passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl

_CELLS = 1 << 20  # of a batch
_MOST_ROWS, _LEAST_ROWS = 1 << 16, 64


@dataclass(frozen=True)
class StoredTable:
    """Rows in an Arrow file.

    Attributes
    ----------
    path : Path
    n_rows : int
    types : mapping of str to polars.DataType
        Of the columns whose type was not known before all rows were there.
    """

    path: Path
    n_rows: int
    types: Mapping[str, pl.DataType]

    def pieces(self) -> Iterator[pl.DataFrame]:
        """A pass over all rows, in order."""
        import pyarrow as pa

        with pa.memory_map(str(self.path)) as file, pa.ipc.open_file(file) as reader:
            for number in range(reader.num_record_batches):
                table = pa.Table.from_batches([reader.get_batch(number)])
                yield pl.DataFrame(pl.from_arrow(table)).with_columns(
                    pl.col(name).cast(dtype) for name, dtype in self.types.items()
                )


class TableWriter:
    """Writes pieces of one schema one after the other, in batches whose borders do not depend on the pieces.

    Examples
    --------
    >>> with TableWriter(Path("rows.arrow")) as writer:   # doctest: +SKIP
    ...     writer.add(pl.DataFrame({"x": [1, 2]}))
    """

    def __init__(self, path: Path) -> None:
        self.path, self.n_rows = path, 0
        self._stack = ExitStack()
        self._writer: Any = None
        self._rest: pl.DataFrame | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if kind is None and self._rest is not None:
                self._write(self._rest)

    def add(self, piece: pl.DataFrame) -> None:
        """Write a piece, which may be without rows."""
        self.n_rows += piece.height
        rows = piece if self._rest is None else pl.concat([self._rest, piece])
        size = batch_rows(rows.width)
        n_whole = rows.height // size * size
        for start in range(0, n_whole, size):
            self._write(rows[start : start + size])
        self._rest = rows[n_whole:]

    def _write(self, rows: pl.DataFrame) -> None:
        import pyarrow as pa

        table = rows.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            sink = self._stack.enter_context(pa.OSFile(str(self.path), "wb"))
            self._writer = self._stack.enter_context(pa.ipc.new_file(sink, table.schema))
        if rows.height:
            self._writer.write_table(table, max_chunksize=rows.height)


def batch_rows(n_columns: int) -> int:
    """How many rows are written together: many of few columns, so that memory is bounded.

    Examples
    --------
    >>> batch_rows(10), batch_rows(1000)
    (65536, 1048)
    """
    return max(_LEAST_ROWS, min(_MOST_ROWS, _CELLS // max(1, n_columns)))
