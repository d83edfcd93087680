"""A sign of a formula, and the error for formulas that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.errors import InputError
from pminusy.proofread.syntax.tree import Span


class Unreadable(InputError):
    """A formula that cannot be read; `span` is where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


@dataclass(frozen=True, slots=True)
class Token:
    r"""One sign of a formula.

    `kind` is "name", "number", "command" (structures such as `\frac`), "sign" (operators and brackets), "words" (text
    in the formula), "gap" (`\quad`), "row" (`\\`), "cell" (`&`) or "end". `bold` marks names set as vectors; `spaced`
    tokens have white space before them; `guessed` is the unknown macro that is taken to dress them.
    """

    kind: str
    text: str
    span: Span
    bold: bool = False
    spaced: bool = False
    guessed: str = ""
