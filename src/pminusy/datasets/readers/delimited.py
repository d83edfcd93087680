"""Text tables: a header line, then one row a line, with fields parted by one character."""

import csv
import io
from functools import partial

import polars as pl

from pminusy.datasets.readers.content import Content
from pminusy.datasets.readers.encoding import to_utf8
from pminusy.datasets.readers.table import Table, column_names, numbered_names
from pminusy.datasets.readers.text_lines import TextLines, split_lines
from pminusy.datasets.readers.titles import skip_hint
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_CSV_LIMIT = 1 << 17  # of the csv module, for a field
_LEAST_ROWS_IN_CELL = 2
_CELLS_LOOKED_AT = 1000


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
    where = str(content.path)
    data, note = to_utf8(content.data, reading.encoding, where)
    csv.field_size_limit(max(len(data), _CSV_LIMIT))
    lines = split_lines(data, reading, where)
    hint = skip_hint(lines.n_above(), "line") if reading.header else ""
    try:
        names, n_header_lines = read_header(lines, reading, where)
        frame = _parse(lines, names, n_header_lines, where)
    except DataError as error:
        raise DataError(f"{error}{hint}") from error
    return Table(
        frame,
        tuple(filter(None, (note, _note_on_rows_in_cells(lines, frame, int(reading.header))))),
        decimal="," if lines.separator == ";" else None,
        place=partial(lines.line, n_header=int(reading.header)),
        header_hint=hint,
    )


def read_header(lines: TextLines, reading: Reading, where: str) -> tuple[list[str], int]:
    """The names of the columns, and how many lines they take; a DataError where a name occurs twice."""
    records = csv.reader(io.StringIO(lines.sample, newline=""), delimiter=lines.separator)
    first = next(records)
    if not reading.header:
        return numbered_names(len(first)), 0
    n_lines = records.line_num
    rows = [fields for fields in records if fields]
    if {len(fields) for fields in rows} == {len(first) + 1}:
        # Separators that end each row are no row names.
        first = ["", *first] if any(fields[-1].strip() for fields in rows) else [*first, ""]
    return column_names(first, where), n_lines


def _parse(lines: TextLines, names: list[str], n_header_lines: int, where: str) -> pl.DataFrame:
    schema = dict.fromkeys(names, pl.String)
    n_header = int(n_header_lines > 0)
    try:
        frame = pl.read_csv(
            lines.data,
            separator=lines.separator,
            has_header=False,
            skip_lines=n_header_lines,
            schema=schema,
            infer_schema=False,
        )
    except pl.exceptions.NoDataError:
        return pl.DataFrame(schema=schema)
    except pl.exceptions.PolarsError as error:
        _check_ragged(lines, len(names), n_header, where)
        # Polars refuses a quotation mark within a field, such as that of inches.
        if (line := lines.open_quote()) is not None:
            raise DataError(_open_quote(where, line)) from error
        rows = [fields for fields, _ in lines.records()][n_header:]
        return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.all().replace("", None))
    # Polars fills short lines with nulls, so only a last column with a null can hide one.
    if frame.width > 1 and frame[:, -1].has_nulls():
        _check_ragged(lines, len(names), n_header, where)
    return frame


def _check_ragged(lines: TextLines, width: int, n_header: int, where: str) -> None:
    for place, (fields, line) in enumerate(lines.records()):
        if len(fields) != width and place >= n_header:
            quote = lines.open_quote()
            if quote is not None and quote <= line:
                raise DataError(_open_quote(where, quote))
            raise DataError(
                f"{where}: expected {width} {'field' if width == 1 else 'fields'} as in the header, got "
                f"{len(fields)} at line {line}"
            )


def _open_quote(where: str, line: int) -> str:
    return (
        f"{where}: not readable as a table: a quotation mark is not closed, or stands inside a field, in the row "
        f"that begins in line {line}"
    )


def _note_on_rows_in_cells(lines: TextLines, frame: pl.DataFrame, n_header: int) -> str | None:
    """Say so where a cell holds lines that look like rows, as it does after a quotation mark too many."""
    if lines.data.count(b"\n") <= frame.height + n_header:
        return None
    for column in frame:
        rows = column.str.contains("\n").arg_true().head(_CELLS_LOOKED_AT)
        for row, cell in zip(rows, column.gather(rows), strict=True):
            inner = cell.split("\n")[1:-1]
            n_alike = sum(line.count(lines.separator) == frame.width - 1 for line in inner)
            if n_alike >= _LEAST_ROWS_IN_CELL and frame.width > 1:
                return (
                    f"column {column.name!r} holds {n_alike:,} lines that look like rows in one cell, "
                    f"{lines.line(row, n_header)}: a quotation mark may be missing there"
                )
    return None
