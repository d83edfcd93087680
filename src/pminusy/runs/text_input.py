"""Texts read from a file or from standard input."""

import sys
from pathlib import Path

from pminusy.errors import DataError

STANDARD_INPUT = "-"


def read_document(name: str) -> str:
    """Read a text in UTF-8.

    Parameters
    ----------
    name : str
        A file, or "-" for standard input.

    Raises
    ------
    DataError
        It is missing, a directory, not readable, or not text in UTF-8.

    Examples
    --------
    >>> read_document("derivation.md")   # doctest: +SKIP
    """
    shown = "standard input" if name == STANDARD_INPUT else name
    try:
        content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except FileNotFoundError:
        raise DataError(f"{shown}: no such file") from None
    except IsADirectoryError:
        raise DataError(f"{shown}: expected a file, got a directory") from None
    except (OSError, ValueError) as error:
        raise DataError(f"{shown}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{shown}: expected UTF-8 text, got byte 0x{content[error.start]:02x} on line {line}"
        ) from None
