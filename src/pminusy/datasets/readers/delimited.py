"""Text tables: a header line, then one row a line, with fields parted by one character."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pminusy.datasets.readers.content import Content
from pminusy.datasets.readers.encoding import to_utf8
from pminusy.datasets.readers.separator import find_separator
from pminusy.datasets.readers.table import Table, column_names, numbered_names
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_SAMPLE = 1 << 18
_SAMPLE_LINES = 500
_CSV_LIMIT = 1 << 17  # of the csv module, for a field
_SEPARATOR_LINE = re.compile(rb"sep=(.)\r?\n")  # how Excel is told the separator


def read_delimited(content: Content, reading: Reading) -> Table:
    """Read a CSV or TSV file as strings; blank lines are no rows.

    Encoding and separator are found out where `reading` does not say them. Where each row has one field more than
    the header, the first one has no name.

    Raises
    ------
    DataError
        The text cannot be decoded, a line has more or fewer fields than the header (names it), a name of a column
        occurs twice, or a quotation mark is not closed.
    """
    path = content.path
    data, note = to_utf8(content.data, reading.encoding, str(path))
    said = _SEPARATOR_LINE.match(data)
    separator = reading.separator or (said[1].decode() if said else None)
    data = _with_plain_lines(data[said.end() :] if said else data)
    if not data.strip():
        raise DataError(f"{path}: the file is empty")
    csv.field_size_limit(max(len(data), _CSV_LIMIT))
    sample = _sample(data)
    separator = separator or find_separator(sample)
    if separator == " ":
        data, separator = _with_tabs(data), "\t"
        sample = _sample(data)
    names, n_header_lines = _header(sample, separator, reading, path)
    frame = _parse(data, separator, names, n_header_lines, path)
    return Table(frame, () if note is None else (note,), "," if separator == ";" else None)


def _with_plain_lines(data: bytes) -> bytes:
    """Lines that end in a newline, and none that is blank, but for those inside quotes."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
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


def _sample(data: bytes) -> str:
    head = data[:_SAMPLE]
    if len(head) < len(data):
        head = head[: head.rfind(b"\n") + 1] or head
    return "".join(head.decode(errors="replace").splitlines(keepends=True)[:_SAMPLE_LINES])


def _header(sample: str, separator: str, reading: Reading, path: Path) -> tuple[list[str], int]:
    """The names of the columns, and how many lines they take."""
    records = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    first = next(records)
    if not reading.header:
        return numbered_names(len(first)), 0
    n_lines = records.line_num
    rows = [fields for fields in records if fields]
    if {len(fields) for fields in rows} == {len(first) + 1}:
        # Separators that end each row are no row names.
        first = ["", *first] if any(fields[-1].strip() for fields in rows) else [*first, ""]
    return column_names(first, str(path)), n_lines


def _parse(data: bytes, separator: str, names: list[str], n_header_lines: int, path: Path) -> pl.DataFrame:
    schema = dict.fromkeys(names, pl.String)
    try:
        frame = pl.read_csv(
            data,
            separator=separator,
            has_header=False,
            skip_lines=n_header_lines,
            schema=schema,
            infer_schema=False,
        )
    except pl.exceptions.NoDataError:
        return pl.DataFrame(schema=schema)
    except pl.exceptions.PolarsError as error:
        _check_ragged(data, separator, len(names), n_header_lines, path)
        # Polars refuses a quotation mark within a field, such as that of inches.
        rows = _rows(data, separator, n_header_lines)
        if rows is None:
            raise DataError(f"{path}: not readable as a table: {_open_quote(data, separator)}") from error
        return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.all().replace("", None))
    # Polars fills short lines with nulls, so only a last column with a null can hide one.
    if frame.width > 1 and frame[:, -1].has_nulls():
        _check_ragged(data, separator, len(names), n_header_lines, path)
    return frame


def _check_ragged(data: bytes, separator: str, width: int, n_header_lines: int, path: Path) -> None:
    for fields, line in _records(data, separator):
        if fields and len(fields) != width and line > n_header_lines:
            raise DataError(
                f"{path}: expected {width} fields as in the header, got {len(fields)} at line {line}"
            )


def _rows(data: bytes, separator: str, n_header_lines: int) -> list[list[str]] | None:
    """The rows as strings; None where a field that begins with a quotation mark does not end with one."""
    try:
        records = _records(data, separator, strict=True)
        return [fields for fields, line in records if fields and line > n_header_lines]
    except csv.Error:
        return None


def _open_quote(data: bytes, separator: str) -> str:
    """Where the last field begins, which is what a quotation mark that is not closed makes of the rest."""
    lines = [line for _, line in _records(data, separator)]
    return f"a quotation mark is not closed, or stands inside a field, after line {lines[-2] if lines[1:] else 0}"


def _records(data: bytes, separator: str, *, strict: bool = False) -> Iterator[tuple[list[str], int]]:
    records = csv.reader(
        io.StringIO(data.decode(errors="replace"), newline=""), delimiter=separator, strict=strict
    )
    for fields in records:
        yield fields, records.line_num
