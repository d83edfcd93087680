"""Choices of reading beyond the notation: what is a matrix, and what depends on nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reading:
    r"""What is taken otherwise than the formulas alone suggest.

    Attributes
    ----------
    axes : mapping of str to int
        How many axes names have: 2 for a matrix.
    square : frozenset of str
        Names of square matrices.
    independent : frozenset of str
        Names without definition that do not depend on what they are differentiated by.
    composed : bool
        Whether what is differentiated by two things depends on one of them only through the other, if that is
        differentiated by the first: in `\frac{dL}{dw} = \frac{dL}{da} \frac{da}{dw}`, L on w through a.
    effort : float
        How much of the usual work may go into finding what is a vector and what a number.
    """

    axes: Mapping[str, int] = field(default_factory=dict)
    square: frozenset[str] = frozenset()
    independent: frozenset[str] = frozenset()
    composed: bool = False
    effort: float = 1.0


USUAL, BRIEF = Reading(), Reading(effort=0.06)
