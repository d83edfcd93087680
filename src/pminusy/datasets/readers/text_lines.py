"""The lines of a text table, with their numbers in the file."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pminusy.datasets.readers.separator import consistent_split, find_separator
from pminusy.datasets.readers.titles import rows_above_header
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_SAMPLE = 1 << 18
_SAMPLE_LINES = 500
_MOST_ABOVE = 20
_LEAST_TABLE = 3  # lines that show the separator
_SEPARATOR_LINE = re.compile(rb"sep=(.)\r?\n")  # how Excel is told the separator


@dataclass(frozen=True, eq=False)
class TextLines:
    """A text of which encoding and separator are known.

    Attributes
    ----------
    data : bytes
        Lines in UTF-8 that end in a newline, without those that are blank or skipped.
    separator : str
    all_lines : bytes
        The same with the blank lines.
    n_skipped : int
        How many lines of the file come before these.
    """

    data: bytes
    separator: str
    all_lines: bytes
    n_skipped: int

    @cached_property
    def sample(self) -> str:
        """The first lines of `data`."""
        return _sample(self.data)

    def records(self) -> Iterator[tuple[list[str], int]]:
        """The fields of each record that is not blank, and the line of the file in which it begins."""
        return _records(self.all_lines.decode(errors="replace"), self.separator, self.n_skipped)

    def line(self, row: int, n_header: int) -> str:
        """Name the line of a row, which counts from 0; `n_header` records come before."""
        return f"in line {next(islice(self.records(), row + n_header, None))[1]:,}"

    def open_quote(self) -> int | None:
        """The line of the first record in which a quotation mark is not closed, or is followed by more of the field."""
        text = self.all_lines.decode(errors="replace")
        records = csv.reader(io.StringIO(text, newline=""), delimiter=self.separator, strict=True)
        n_read = 0
        try:
            for _ in records:
                n_read = records.line_num
        except csv.Error:
            return self.n_skipped + n_read + 1
        return None

    def n_above(self) -> int:
        """How many lines of the file seem to be above the header; 0 where it is the first one."""
        lines = _sample(self.all_lines, _MOST_ABOVE + _SAMPLE_LINES).splitlines(keepends=True)
        n_above, separator, width = 0, "", 0
        for place in range(min(_MOST_ABOVE, len(lines) - _LEAST_TABLE)):
            rest = "".join(line for line in lines[place:] if line.strip())
            split = consistent_split(rest) if lines[place].strip() else None
            # What is below a title may have more columns, but not what is below a header.
            if split is not None and split.width > width:
                n_above, separator, width = place, split.separator, split.width
            if split is not None and split.share == 1:
                break
        if not width:
            return 0
        records = list(_records("".join(lines[n_above:]), separator, self.n_skipped + n_above))
        header = records[rows_above_header([fields for fields, _ in records])][1]
        return header - 1 if "".join(lines[: header - self.n_skipped - 1]).strip() else 0


def split_lines(data: bytes, reading: Reading, where: str) -> TextLines:
    """Skip what is to be skipped, and find the separator where it is not said.

    Parameters
    ----------
    data : bytes
        In UTF-8.
    reading : Reading
    where : str
        For messages.

    Raises
    ------
    DataError
        There is nothing in it.
    """
    said = _SEPARATOR_LINE.match(data)
    n_skipped = max(reading.skip_rows or 0, int(said is not None))
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data
    lines = lines.split(b"\n", n_skipped)[n_skipped] if lines.count(b"\n") >= n_skipped else b""
    body = _without_blank_lines(lines)
    if not body.strip():
        raise DataError(
            f"{where}: {'nothing is left after the skipped rows' if n_skipped else 'the file is empty'}"
        )
    separator = reading.separator or (said[1].decode() if said else None) or find_separator(_sample(body))
    if separator == " ":
        return TextLines(_with_tabs(body), "\t", _with_tabs(lines), n_skipped)
    return TextLines(body, separator, lines, n_skipped)


def _records(text: str, separator: str, before: int) -> Iterator[tuple[list[str], int]]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if separator == " " else separator)
    line = before + 1
    for fields in records:
        if len(fields) > 1 or any(field.strip(" ") for field in fields):
            yield fields, line
        line = before + records.line_num + 1


def _without_blank_lines(data: bytes) -> bytes:
    """The lines but those that are blank, and not inside quotes."""
    data = data.lstrip(b"\n")
    if not re.search(rb"\n *\n", data):
        return data
    lines, is_open = [], False
    for line in data.split(b"\n"):
        if is_open or line.strip(b" "):
            lines.append(line)
        is_open ^= line.count(b'"') % 2 == 1
    return b"\n".join(lines)


def _with_tabs(data: bytes) -> bytes:
    return b"\n".join(
        re.sub(rb"[ \t]+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", b"\t", line.strip()) for line in data.split(b"\n")
    )


def _sample(data: bytes, n_lines: int = _SAMPLE_LINES) -> str:
    head = data[:_SAMPLE]
    if len(head) < len(data):
        head = head[: head.rfind(b"\n") + 1] or head
    return "".join(head.decode(errors="replace").splitlines(keepends=True)[:n_lines])
