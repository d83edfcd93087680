"""What was said of a page's notation from outside, against which no reading of it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TypeAlias

from pminusy.proofread.syntax.vocabulary import Vocabulary

Edit: TypeAlias = Callable[[Vocabulary], Vocabulary]


@dataclass(frozen=True)
class Settled:
    """Decisions about a page.

    Attributes
    ----------
    keys : frozenset of str
        Which choices they are.
    edits : tuple of callable
        What each makes of a vocabulary.
    called : frozenset of str
        Names that are functions.
    ranks : mapping of str to int
        Names that are numbers (0), vectors (1) or matrices (2).
    layout : int or None
        The number of the layout of derivatives by vectors.
    definitions : mapping of (int, str) to int
        For a line and a name in it, the line that defines the name.
    unknown : frozenset of int
        Lines whose names are not those that are defined elsewhere.
    """

    keys: frozenset[str] = frozenset()
    edits: tuple[Edit, ...] = ()
    called: frozenset[str] = frozenset()
    ranks: Mapping[str, int] = field(default_factory=dict)
    layout: int | None = None
    definitions: Mapping[tuple[int, str], int] = field(default_factory=dict)
    unknown: frozenset[int] = frozenset()

    def over(self, vocabulary: Vocabulary) -> Vocabulary:
        """A vocabulary that agrees with the decisions, and else is the given one."""
        return reduce(lambda edited, edit: edit(edited), self.edits, vocabulary)


NOTHING = Settled()
