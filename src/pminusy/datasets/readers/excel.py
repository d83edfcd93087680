"""Excel workbooks."""

import logging

import fastexcel
import polars as pl

from pminusy.datasets.readers.content import Content
from pminusy.datasets.readers.table import Table, column_names, numbered_names
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

logging.getLogger("fastexcel").setLevel(logging.ERROR)  # a column without values is nothing to warn of


def read_excel(content: Content, reading: Reading) -> Table:
    """Read the sheet that was asked for, or the first one of a workbook that is not hidden.

    Raises
    ------
    DataError
        The file is damaged, it has no such sheet, the sheet is empty, or a name of a column occurs twice.
    """
    path = str(content.path)
    try:
        book = fastexcel.read_excel(content.path if content.unpacked is None else content.unpacked)
        sheets = [
            book.load_sheet(name, header_row=None, n_rows=1, dtypes="string") for name in book.sheet_names
        ]
        first = _chosen(sheets, reading.sheet, path)
        if not first.width:
            raise DataError(f"{path}: sheet {first.name!r} is empty")
        header = [cell or "" for cell in first.to_polars().row(0)]
        body = _body(book, first.name, skipped=int(reading.header))
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise DataError(f"{path}: not readable as an Excel workbook: it is damaged or locked") from error
    width = max(len(header), body.width)
    named = (
        column_names([*header, *[""] * (width - len(header))], path)
        if reading.header
        else numbered_names(width)
    )
    columns = list(body) if body.width else [pl.Series(dtype=pl.String)] * width
    body = pl.DataFrame(dict(zip(named, columns, strict=True)))
    others = [name for name in book.sheet_names if name != first.name]
    note = (
        f"read sheet {first.name!r}; the workbook also has {', '.join(map(repr, others))} (--sheet NAME)"
        if others
        else None
    )
    return Table(body, () if note is None else (note,))


def _chosen(sheets: list[fastexcel.ExcelSheet], name: str | None, path: str) -> fastexcel.ExcelSheet:
    if name is None:
        return next((sheet for sheet in sheets if sheet.visible == "visible"), sheets[0])
    named = [sheet for sheet in sheets if sheet.name == name]
    if not named:
        raise DataError(f"{path}: no sheet {name!r}; sheets: {', '.join(sheet.name for sheet in sheets)}")
    return named[0]


def _body(book: fastexcel.ExcelReader, sheet: str, skipped: int) -> pl.DataFrame:
    """The rows, with strings in the columns in which a type would lose some of them."""
    typed = book.load_sheet(sheet, header_row=None, skip_rows=skipped).to_polars()
    strings = book.load_sheet(sheet, header_row=None, skip_rows=skipped, dtypes="string").to_polars()
    return typed.with_columns(
        column for column in strings if column.null_count() < typed[column.name].null_count()
    )
