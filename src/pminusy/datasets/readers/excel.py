"""Excel workbooks."""

import logging

import fastexcel
import polars as pl

from pminusy.datasets.readers.content import Content
from pminusy.datasets.readers.formulas import formulas_without_values
from pminusy.datasets.readers.table import Table, column_names, numbered_names
from pminusy.datasets.readers.titles import rows_above_header, skip_hint
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_SAMPLE_ROWS = 500

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
        chosen = _chosen(sheets, reading.sheet, path)
        sheet = chosen.name
        if not chosen.width:
            raise DataError(f"{path}: sheet {sheet!r} is empty")
        skipped = reading.skip_rows or 0
        strings = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
        strings = strings[skipped:]
        n_blank = _blank_rows(strings, path, sheet)
        n_above = skipped + n_blank + int(reading.header)
        body = _body(book, sheet, n_above, strings[n_blank + int(reading.header) :])
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise DataError(f"{path}: not readable as an Excel workbook: it is damaged or locked") from error
    header = [cell or "" for cell in strings.row(n_blank)]
    named = column_names(header, path) if reading.header else numbered_names(len(header))
    frame = pl.DataFrame(dict(zip(named, body, strict=True)))
    others = [name for name in book.sheet_names if name != sheet]
    read = f"read sheet {sheet!r}; the workbook also has {', '.join(map(repr, others))} (--sheet NAME)"
    return Table(
        frame,
        (*([read] if others else []), *_notes_on_formulas(content, sheet, frame)),
        place=lambda row: f"in row {n_above + row + 1:,} of the sheet",
        header_hint=skip_hint(_titles(strings[n_blank:], n_above - 1), "row") if reading.header else "",
    )


def _blank_rows(strings: pl.DataFrame, path: str, sheet: str) -> int:
    """How many rows come before the first one with something in it."""
    filled = strings.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    if not filled.any():
        raise DataError(f"{path}: sheet {sheet!r}: nothing is left after the skipped rows")
    return int(filled.arg_true()[0])


def _titles(strings: pl.DataFrame, n_above: int) -> int:
    """How many rows of the sheet are above what seems to be the header; 0 where it is the first row."""
    n_titles = rows_above_header(strings.head(_SAMPLE_ROWS).rows())
    return n_above + n_titles if n_titles else 0


def _notes_on_formulas(content: Content, sheet: str, frame: pl.DataFrame) -> list[str]:
    """Say which columns are empty because a program wrote formulas and did not compute them."""
    if not any(column.null_count() == len(column) for column in frame):
        return []
    unsaved = formulas_without_values(content.file, sheet)
    return [
        f"column {column.name!r}: its formulas have no saved values; open the workbook in a spreadsheet program and "
        "save it"
        for place, column in enumerate(frame)
        if column.null_count() == len(column) and place in unsaved
    ]


def _chosen(sheets: list[fastexcel.ExcelSheet], name: str | None, path: str) -> fastexcel.ExcelSheet:
    if name is None:
        return next((sheet for sheet in sheets if sheet.visible == "visible"), sheets[0])
    named = [sheet for sheet in sheets if sheet.name == name]
    if not named:
        raise DataError(f"{path}: no sheet {name!r}; sheets: {', '.join(sheet.name for sheet in sheets)}")
    return named[0]


def _body(book: fastexcel.ExcelReader, sheet: str, n_above: int, strings: pl.DataFrame) -> list[pl.Series]:
    """The columns, as strings where a type would lose some of them."""
    typed = book.load_sheet(sheet, header_row=None, skip_rows=n_above).to_polars()
    return [
        typed[column.name]
        if column.name in typed.columns and typed[column.name].null_count() <= column.null_count()
        else column
        for column in strings
    ]
