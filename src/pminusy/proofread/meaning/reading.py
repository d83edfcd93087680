"""Choices of reading beyond the notation: what is a matrix, and what depends on nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reading:
    """What is taken otherwise than the formulas alone suggest.

    Attributes
    ----------
    axes : mapping of str to int
        How many axes names have: 2 for a matrix.
    independent : frozenset of str
        Names without definition that do not depend on what they are differentiated by.
    effort : float
        How much of the usual work may go into finding what is a vector and what a number.
    """

    axes: Mapping[str, int] = field(default_factory=dict)
    independent: frozenset[str] = frozenset()
    effort: float = 1.0


USUAL, BRIEF = Reading(), Reading(effort=0.06)
