"""Which files can be read in pieces, and what keeps others from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pminusy.datasets.formats import describe_kind
from pminusy.datasets.readers.bundled import BUNDLED
from pminusy.datasets.readers.content import peek
from pminusy.errors import DataError

IN_PIECES = {"parquet": "parquet", "arrow": "ipc", "delimited": "csv"}
"""The kinds that can be read in pieces, and what they are called there."""

_CONVERT = "write it as Parquet, Arrow or CSV"


def common_form(sources: Sequence[str]) -> str:
    """The form that all files have: parquet, ipc or csv.

    Raises
    ------
    DataError
        A file cannot be read in pieces, or is of another kind than the first.
    """
    forms = [_form(source) for source in sources]
    for source, form in zip(sources, forms, strict=True):
        if form != forms[0]:
            raise DataError(
                f"{source}: expected files of one kind, got {form}, and {forms[0]} in {sources[0]}"
            )
    return forms[0]


def reads_in_pieces(source: str) -> bool:
    """Whether a file is of a kind that can be read in pieces.

    Raises
    ------
    DataError
        It is of no kind that can be read at all.
    """
    if source in BUNDLED or not Path(source).is_file():
        return False
    kind, packing = peek(Path(source))
    return packing is None and kind in IN_PIECES


def _form(source: str) -> str:
    path = Path(source)
    if not path.is_file():
        what = "a bundled set" if source in BUNDLED else "nothing"
        raise DataError(f"{source}: expected a file to read in pieces, got {what}")
    kind, packing = peek(path)
    if packing is not None:
        raise DataError(f"{source}: a file packed by {packing} cannot be read in pieces; unpack it first")
    if kind not in IN_PIECES:
        raise DataError(f"{source}: {describe_kind(kind)} cannot be read in pieces; {_CONVERT}")
    return IN_PIECES[kind]
