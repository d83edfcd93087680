"""What a shape is, and the scope of letters and arguments in which it is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from pminusy.proofread.meaning.shapes.dimensions import Dimensions
from pminusy.proofread.syntax.tree import Symbol

Shape: TypeAlias = tuple[int, int]
SCALAR: Shape = (Dimensions.ONE, Dimensions.ONE)


@dataclass
class Scope:
    """Index letters with their lengths, and arguments of functions with their shapes.

    `home` is where a letter goes that is bound nowhere.
    """

    letters: dict[str, int]
    arguments: dict[Symbol, Shape] = field(default_factory=dict)
    home: dict[str, int] = field(default_factory=dict)

    def with_letter(self, name: str, length: int) -> Scope:
        """The scope inside a sum over that letter."""
        return Scope({**self.letters, name: length}, self.arguments, self.home)
