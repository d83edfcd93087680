"""A question about a choice that someone may decide."""

from __future__ import annotations

from typing import Self


class Asked(str):
    """A question.

    Attributes
    ----------
    choices : tuple of str
        The keys of the choices that answer it.
    """

    __slots__ = ("choices",)
    choices: tuple[str, ...]

    def __new__(cls, question: str, choices: tuple[str, ...]) -> Self:
        """Ask that question about these choices."""
        asked = super().__new__(cls, question)
        asked.choices = choices
        return asked
