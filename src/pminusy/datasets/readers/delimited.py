"""Text tables: a header line, then one row a line, with fields parted by one character."""

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl

from pminusy.datasets.columns import mark_missing
from pminusy.errors import DataError

_SEPARATORS = ",;\t|"
_PARSERS: tuple[Callable[[pl.Series], pl.Series], ...] = (
    lambda column: column.cast(pl.Int64, strict=False),
    lambda column: column.cast(pl.Float64, strict=False),
    lambda column: column.str.to_date("%Y-%m-%d", strict=False),
    lambda column: column.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False),
    lambda column: column.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False),
)


def read_delimited(path: Path) -> pl.DataFrame:
    """Read a CSV or TSV file; the separator is the one of ``, ; tab |`` that its header line has most of.

    Raises
    ------
    DataError
        The file is empty, is not UTF-8 text, or a line has more or fewer fields than the header (names it).
    """
    separator = _separator(path)
    try:
        frame = pl.read_csv(path, separator=separator, infer_schema=False).rename(str.strip)
    except pl.exceptions.NoDataError as error:
        raise DataError(f"{path}: the file is empty") from error
    except pl.exceptions.PolarsError as error:
        _check_ragged(path, separator)
        raise DataError(f"{path}: not readable as a table: {str(error).splitlines()[0]}") from error
    # Polars fills short lines with nulls, so only a last column with a null can hide one.
    if frame.width and frame[:, -1].has_nulls():
        _check_ragged(path, separator)
    # Column by column, so that the strings of one alone are copied at a time.
    return pl.DataFrame([_parsed(mark_missing(column.to_frame()).to_series()) for column in frame])


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        header = file.readline()
    return max(_SEPARATORS, key=header.count)


def _check_ragged(path: Path, separator: str) -> None:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        lines = csv.reader(file, delimiter=separator)
        width = len(next(lines))
        for fields in lines:
            if fields and len(fields) != width:
                raise DataError(
                    f"{path}: expected {width} fields as in the header, "
                    f"got {len(fields)} at line {lines.line_num}"
                )


def _parsed(column: pl.Series) -> pl.Series:
    """Numbers, dates or times, where all the strings present are such; else the strings."""
    # Postcodes and the like: as numbers, 02134 would differ from the string of a column with letters too.
    if (column.str.starts_with("0") & column.str.contains(r"^\d{2,}$")).any():
        return column
    for parse in _PARSERS:
        parsed = parse(column)
        if parsed.null_count() == column.null_count():
            return parsed
    return column
