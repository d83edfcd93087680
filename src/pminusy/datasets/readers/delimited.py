"""Text tables: a header line, then one row a line, with fields parted by one character."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import dropwhile
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

    Blank lines are no rows, as in pandas. Columns without a name are named as in pandas, too.

    Raises
    ------
    DataError
        The file is empty, is not UTF-8 text, has a column's name twice, or a line has more or fewer fields than
        the header (names it).
    """
    separator = _separator(path)
    try:
        frame = pl.read_csv(path, separator=separator, infer_schema=False)
    except pl.exceptions.NoDataError as error:
        raise DataError(f"{path}: the file is empty") from error
    except pl.exceptions.PolarsError as error:
        _check_ragged(path, separator)
        raise DataError(f"{path}: not readable as a table: {str(error).splitlines()[0]}") from error
    # Polars fills short lines with nulls, so only a last column with a null can hide one.
    if frame.width and frame[:, -1].has_nulls():
        _check_ragged(path, separator)
        frame = frame.filter(pl.Series([bool(fields) for fields, _ in _records(path, separator)][1:]))
    if frame.width:
        frame.columns = _names(next(_records(path, separator))[0], path)
    # Column by column, so that the strings of one alone are copied at a time.
    return pl.DataFrame([_parsed(mark_missing(column.to_frame()).to_series()) for column in frame])


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        header = file.readline()
    return max(_SEPARATORS, key=header.count)


def _names(header: list[str], path: Path) -> list[str]:
    stripped = [name.strip() for name in header]
    names = [name or f"Unnamed: {place}" for place, name in enumerate(stripped)]
    repeated = [repr(name) for name, times in Counter(names).items() if times > 1]
    if repeated:
        raise DataError(
            f"{path}: expected columns of different names, got {', '.join(repeated)} more than once"
        )
    return names


def _check_ragged(path: Path, separator: str) -> None:
    records = _records(path, separator)
    width = len(next(records)[0])
    for fields, line in records:
        if fields and len(fields) != width:
            raise DataError(
                f"{path}: expected {width} fields as in the header, got {len(fields)} at line {line}"
            )


def _records(path: Path, separator: str) -> Iterator[tuple[list[str], int]]:
    """The fields and the number of each line, the header's first; a blank line has no fields."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = csv.reader(file, delimiter=separator)
        yield from dropwhile(lambda record: not record[0], ((fields, lines.line_num) for fields in lines))


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
