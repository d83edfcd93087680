"""Tables as JSON: an object a line, or one document of rows or of columns."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pminusy.datasets.places import Place, row_number
from pminusy.datasets.readers.content import Content
from pminusy.datasets.readers.encoding import to_utf8
from pminusy.datasets.readers.table import Table, column_names
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_BLANKS = re.compile(r"\s*")


def read_json(content: Content, reading: Reading) -> Table:
    """Read JSON lines, a list of objects, or an object of columns or with the list ``data``.

    Numbers are taken as the strings that they are written as, so that none is rounded.

    Raises
    ------
    DataError
        The text cannot be decoded, is no JSON (names the line), or no table.
    """
    data, note = to_utf8(content.data, reading.encoding, str(content.path))
    documents = _documents(data.decode(), str(content.path))
    frame = _table([value for value, _ in documents], str(content.path))
    place = _line_of(documents) if len(documents) > 1 else row_number
    return Table(frame, () if note is None else (note,), place=place)


def _line_of(documents: Sequence[tuple[Any, int]]) -> Place:
    return lambda row: f"in line {documents[row][1]:,}"


def _documents(text: str, where: str) -> list[tuple[Any, int]]:
    """All JSON values of a text, one after the other, each with the line that it begins in."""
    values, end, line, text = [], 0, 1, text.rstrip()
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    while end < len(text):
        try:
            start = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
            line += text.count("\n", end, start)
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            raise DataError(
                f"{where}: not readable as JSON: line {error.lineno}, column {error.colno}"
            ) from error
        except RecursionError as error:
            raise DataError(f"{where}: not readable as JSON: it is nested too deeply") from error
        values.append((value, line))
        line += text.count("\n", start, end)
    return values


def _table(documents: list[Any], where: str) -> pl.DataFrame:
    rows = documents[0] if len(documents) == 1 else documents
    if isinstance(rows, Mapping):
        return _from_object(rows, where)
    return _from_rows(rows, where)


def _from_object(content: Mapping[str, Any], where: str) -> pl.DataFrame:
    data = content.get("data")
    if isinstance(data, list) and isinstance(content.get("columns"), list):
        names = column_names([str(name) for name in content["columns"]], where)
        if any(not isinstance(row, list) or len(row) != len(names) for row in data):
            raise DataError(f"{where}: expected rows of {len(names)} values under 'data'")
        return _frame({name: [row[i] for row in data] for i, name in enumerate(names)})
    if isinstance(data, list) and all(isinstance(row, Mapping) for row in data):
        return _from_rows(data, where)
    if content and all(isinstance(values, list) for values in content.values()):
        return _from_columns(content, where)
    if content and all(isinstance(values, Mapping) for values in content.values()):
        keys = dict.fromkeys(key for values in content.values() for key in values)
        return _frame({name: [values.get(key) for key in keys] for name, values in content.items()})
    return _from_rows([content], where)


def _from_columns(columns: Mapping[str, list[Any]], where: str) -> pl.DataFrame:
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name}: {length}" for name, length in lengths.items())
        raise DataError(f"{where}: expected columns of one length, got {listed}")
    return _frame(columns)


def _from_rows(rows: Any, where: str) -> pl.DataFrame:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise DataError(
            f"{where}: expected a JSON object for each row, a list of them, or an object with a list for each column"
        )
    names = dict.fromkeys(name for row in rows for name in row)
    return _frame({name: [row.get(name) for row in rows] for name in names})


def _frame(columns: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    return pl.DataFrame([_column(name, values) for name, values in columns.items()])


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    if any(isinstance(value, list | dict) for value in values):
        # What is nested is left out later on, whatever is in it; only its kind is told.
        texts = [None if value is None else json.dumps(value) for value in values]
        objects = not any(isinstance(value, list) for value in values)
        return pl.Series(
            name, [text if text is None else {"json": text} if objects else [text] for text in texts]
        )
    kinds = {type(value) for value in values} - {type(None)}
    if kinds <= {bool}:
        return pl.Series(name, values, dtype=pl.Boolean)
    return pl.Series(
        name, [str(value) if isinstance(value, bool) else value for value in values], dtype=pl.String
    )
