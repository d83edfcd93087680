"""Formulas in an Excel workbook whose values were not saved: a program wrote them that does not compute."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def formulas_without_values(file: Path | io.BytesIO, sheet: str) -> set[int]:
    """The columns of a sheet, counted from 0, in which a cell has a formula and no value.

    Parameters
    ----------
    file : Path or BytesIO
        An ``.xlsx`` workbook; anything else has none.
    sheet : str

    Examples
    --------
    >>> formulas_without_values(Path("orders.xlsx"), "Sheet1")   # doctest: +SKIP
    {2}
    """
    try:
        with ZipFile(file) as book, book.open(_part_of(book, sheet)) as part:
            return set(_unsaved(part))
    except (BadZipFile, KeyError, ElementTree.ParseError):
        return set()


def _part_of(book: ZipFile, sheet: str) -> str:
    """The archive's member that holds a sheet; a KeyError where there is none."""
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    named = {each.get("name"): each.get(_RELATION) for each in sheets.iter() if _tag(each) == "sheet"}
    target = targets[named[sheet]]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _unsaved(part: IO[bytes]) -> Iterator[int]:
    place = 0
    for _, element in ElementTree.iterparse(part):
        if _tag(element) == "row":
            place = 0
            element.clear()
        elif _tag(element) == "c":
            place = _column(element.get("r")) if element.get("r") else place
            parts = {_tag(part): part for part in element}
            if "f" in parts and not ("v" in parts and parts["v"].text):
                yield place
            place += 1


def _column(cell: str | None) -> int:
    """The column of a cell such as AB7, counted from 0."""
    number = 0
    for letter in re.sub(r"[^A-Z]", "", cell or ""):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
