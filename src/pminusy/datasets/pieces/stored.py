"""A typed table on disk, which is read in passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl


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
    """Writes pieces of one schema one after the other.

    Examples
    --------
    >>> with TableWriter(Path("rows.arrow")) as writer:   # doctest: +SKIP
    ...     writer.add(pl.DataFrame({"x": [1, 2]}))
    """

    def __init__(self, path: Path) -> None:
        self.path, self.n_rows = path, 0
        self._stack, self._writer = ExitStack(), None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, piece: pl.DataFrame) -> None:
        """Write a piece, which may be without rows."""
        import pyarrow as pa

        table = piece.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            sink = self._stack.enter_context(pa.OSFile(str(self.path), "wb"))
            self._writer = self._stack.enter_context(pa.ipc.new_file(sink, table.schema))
        for batch in table.to_batches():
            self._write(batch)
        self.n_rows += piece.height

    def _write(self, batch: Any) -> None:
        assert self._writer is not None
        if batch.num_rows:
            self._writer.write_batch(batch)
