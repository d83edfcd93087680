"""How the cells and lines of a table are to be read, where that is not left to be found out."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from pminusy.errors import InputError

MISSING = ("?", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NaT", "NULL", "null")
"""Strings that stand for a missing value in any column of a table, besides the empty one."""


@dataclass(frozen=True)
class Reading:
    """What was said about a file; whatever is None is found out.

    Parameters
    ----------
    missing : tuple of str, optional
        Strings, or numbers as strings, that stand for a missing value, in place of `MISSING`; an empty cell
        is missing in any case.
    decimal : {".", ","}, optional
        The decimal mark.
    encoding : str, optional
        The encoding of a text file, by any name that Python knows.
    separator : str, optional
        The character between the fields of a text table; a space means any run of blanks.
    header : bool
        Whether the first row holds the names of the columns. Without names they are column_1, column_2, ….
    sheet : str, optional
        The sheet of a workbook; the first one that is not hidden by default.
    skip_rows : int, optional
        How many lines of a text file, or rows of a sheet, come before the header, or before the data without one;
        blank ones count. None by default.

    Raises
    ------
    InputError
        The decimal mark or the encoding is unknown, the separator is not one character, or the number of rows is
        negative.

    Examples
    --------
    >>> Reading(decimal=";")
    Traceback (most recent call last):
    pminusy.errors.InputError: decimal: expected '.' or ',', got ';'
    """

    missing: tuple[str, ...] | None = None
    decimal: str | None = None
    encoding: str | None = None
    separator: str | None = None
    header: bool = True
    sheet: str | None = None
    skip_rows: int | None = None

    def __post_init__(self) -> None:
        if self.decimal not in (None, ".", ","):
            raise InputError(f"decimal: expected '.' or ',', got {self.decimal!r}")
        if self.separator is not None and (len(self.separator) != 1 or self.separator in '"\n\r'):
            raise InputError(f"separator: expected one character, or 'tab', got {self.separator!r}")
        if self.separator is not None and not self.separator.isascii():
            raise InputError(f"separator: expected an ASCII character, got {self.separator!r}")
        if self.skip_rows is not None and self.skip_rows < 0:
            raise InputError(f"skip rows: expected a number ≥ 0, got {self.skip_rows}")
        if self.encoding is not None:
            _check_encoding(self.encoding)

    @property
    def markers(self) -> tuple[str, ...]:
        """All strings that stand for a missing value in any column."""
        return ("", *(MISSING if self.missing is None else self.missing))

    def updated(self, other: "Reading") -> "Reading":
        """The same, with what `other` says in place of what this one says.

        Examples
        --------
        >>> Reading(decimal=",", encoding="cp1252").updated(Reading(encoding="utf-8"))
        Reading(missing=None, decimal=',', encoding='utf-8', separator=None, header=True, sheet=None, skip_rows=None)
        """
        return replace(self, **other.given)

    @property
    def given(self) -> Mapping[str, Any]:
        """What differs from the defaults."""
        values = {field.name: (getattr(self, field.name), field.default) for field in fields(self)}
        return {name: value for name, (value, default) in values.items() if value != default}


def _check_encoding(name: str) -> None:
    try:
        is_text = codecs.lookup(name)._is_text_encoding
    except LookupError:
        is_text = False
    if not is_text:
        raise InputError(
            f"encoding: expected the name of a text encoding, such as utf-8, cp1252 or shift_jis, got {name!r}"
        )
