"""How much memory a fit to rows in files would take, were they read at once."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from pminusy.datasets.pieces.kinds import IN_PIECES, reads_in_pieces
from pminusy.datasets.pieces.raw import stored_shape
from pminusy.datasets.readers.content import peek
from pminusy.datasets.readers.limits import machine_memory
from pminusy.errors import InputError

_PER_CELL = 64  # bytes: as read, typed, encoded and scored; measured on tables of numbers and short names
_PER_TEXT_BYTE = 14  # the same, of the bytes of a text


def memory_needed(files: tuple[str, ...]) -> int:
    """Bytes, roughly; 0 where files cannot be read in pieces anyway.

    Parameters
    ----------
    files : tuple of str
        As `Sources.files`.
    """
    if find_spec("pyarrow") is None:
        return 0
    try:
        if not all(map(reads_in_pieces, files)):
            return 0
        return sum(map(_needed, files))
    except (InputError, OSError):
        return 0  # whoever reads them says what is wrong


def default_memory() -> int:
    """Half of this machine's memory, or of the container's, in bytes."""
    return machine_memory() // 2


def _needed(file: str) -> int:
    kind = IN_PIECES[peek(Path(file))[0]]
    if kind == "csv":
        return _PER_TEXT_BYTE * os.path.getsize(file)
    n_rows, n_columns = stored_shape(kind, Path(file))
    return _PER_CELL * n_rows * n_columns
