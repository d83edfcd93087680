"""On which lines of a notebook's file the lines of its text stand."""

from __future__ import annotations

import json
from json import scanner
from typing import Any


class _Placed(str):
    """A string of a JSON document, with the offset at which it begins."""

    __slots__ = ("start",)
    start: int


def notebook_lines(file: str) -> list[int]:
    r"""The line of the file, from 1, for each line of the text that `document_text` makes of a notebook.

    Parameters
    ----------
    file : str
        JSON of a notebook that `document_text` accepts.

    Returns
    -------
    list of int
        A cell whose source is one string is on one line as a whole.

    Examples
    --------
    >>> notebook_lines('{"cells": [\n{"cell_type": "markdown", "source": [\n"a\\n",\n"b"]}]}')
    [3, 4]
    """
    lines: list[int] = []
    for cell in _decoder().decode(file)["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        between = lines[-1:]  # the empty line between two cells
        lines += between + _of_cell(file, cell["source"])
    return lines


def _of_cell(file: str, source: Any) -> list[int]:
    pieces: list[_Placed] = [source] if isinstance(source, _Placed) else source
    text = "".join(pieces)
    line_of = [line for piece in pieces for line in [_line(file, piece.start)] * len(piece)] or [1]
    starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]
    return [line_of[min(start, len(line_of) - 1)] for start in starts]


def _line(file: str, place: int) -> int:
    return file.count("\n", 0, place) + 1


def _decoder() -> Any:
    """A decoder in Python rather than C, whose strings know their places."""
    decoder: Any = json.JSONDecoder()
    plain = decoder.parse_string

    def placed(document: str, start: int, strict: bool = True) -> tuple[str, int]:
        value, end = plain(document, start, strict)
        string = _Placed(value)
        string.start = start
        return string, end

    decoder.parse_string = placed
    decoder.scan_once = scanner.py_make_scanner(decoder)  # type: ignore[attr-defined]
    return decoder
