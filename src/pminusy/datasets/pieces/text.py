"""A text table that is read from its beginning some lines at a time, all cells as strings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pminusy.datasets.readers.delimited import read_header
from pminusy.datasets.readers.encoding import to_utf8
from pminusy.datasets.readers.text_lines import split_lines
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_SAMPLE = 1 << 20  # bytes that show the separator and the header
_BLOCK = 1 << 22  # bytes that are parsed together


@dataclass(frozen=True)
class TextFile:
    """How a text is to be parsed.

    Attributes
    ----------
    n_above : int
        Lines before the first row.
    """

    path: Path
    names: tuple[str, ...]
    separator: str
    encoding: str
    n_above: int

    def tables(self) -> Iterator[tuple[Any, float]]:
        """Tables of pyarrow, and the share of the file that was read by then."""
        import pyarrow as pa
        from pyarrow import csv

        options = {
            "read_options": csv.ReadOptions(
                block_size=_BLOCK,
                use_threads=False,
                encoding=self.encoding,
                column_names=list(self.names),
                skip_rows=self.n_above,
            ),
            "parse_options": csv.ParseOptions(delimiter=self.separator, newlines_in_values=True),
            "convert_options": csv.ConvertOptions(column_types=dict.fromkeys(self.names, pa.string())),
        }
        size = self.path.stat().st_size
        with self.path.open("rb") as file:
            try:
                reader = csv.open_csv(file, **options)
            except pa.ArrowInvalid as error:
                if "Empty CSV" in str(error):  # no row below the header
                    return
                raise
            with reader:
                for batch in reader:
                    yield pa.Table.from_batches([batch]), min(1.0, file.tell() / size)


def open_text(source: str, reading: Reading) -> TextFile:
    """Find out how a text is written, from its first lines and from what is known of it.

    Raises
    ------
    DataError
        It has no header that can be read, is parted by runs of blanks, or is of an encoding that was not said.
    """
    path = Path(source)
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if len(head) == _SAMPLE:
        head = head[: head.rfind(b"\n") + 1] or head
    data, note = to_utf8(head, reading.encoding, source)
    if note is not None:
        raise DataError(f"{source}: expected UTF-8 to read it in pieces; {note}; say so with --encoding")
    lines = split_lines(data, reading, source)
    names, n_header = read_header(lines, reading, source)
    if reading.separator == " " or (b"\t" not in data and lines.separator == "\t"):
        raise DataError(
            f"{source}: a text parted by runs of blanks cannot be read in pieces; write it as CSV"
        )
    n_blank = _blank_lines(data, lines.n_skipped)
    return TextFile(
        path,
        tuple(names),
        lines.separator,
        reading.encoding or "utf8",
        lines.n_skipped + (n_blank + n_header if reading.header else 0),
    )


def _blank_lines(data: bytes, n_skipped: int) -> int:
    """How many blank lines come before the header."""
    rest = data.replace(b"\r\n", b"\n").split(b"\n")[n_skipped:]
    return next((place for place, line in enumerate(rest) if line.strip(b" ")), 0)
