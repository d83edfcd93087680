"""Which of its values a random quantity has, in each of the outcomes along an axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Array, Value
from pminusy.proofread.meaning.model.undecidable import Undecidable

if TYPE_CHECKING:
    from pminusy.proofread.checking.environment import Seed


@dataclass(frozen=True)
class Realisation:
    """A random quantity in the outcomes of an expectation.

    Attributes
    ----------
    digits : Array of shape (outcomes, …)
        The number of its value in each outcome, for each of the entries that vary by themselves.
    level : int
        The axis of the outcomes, counted from the right without those of samples, rows and columns.
    count : int
        How many values it has.
    places : tuple of tuple of int
        The index values of these entries, for each of the indices that tell them apart.
    values : Value or None
        The values themselves, along the axis of the outcomes; None where their numbers say what they are.
    seeds : tuple of Seed
        What the expectation is differentiated by; what is differentiated inside it leaves the outcomes as they are.
    """

    digits: Array
    level: int
    count: int
    places: tuple[tuple[int, ...], ...] = ()
    values: Value | None = None
    seeds: tuple[Seed, ...] = ()

    def at(self, indices: tuple[Array, ...]) -> Array:
        """The numbers of the values of the entries at indices, the outcomes along their axis."""
        outcomes = np.arange(len(self.digits)).reshape((-1,) + (1,) * (self.level + 3))
        spots = [_spots(index, values) for index, values in zip(indices, self.places, strict=True)]
        return np.asarray(self.digits[tuple(np.broadcast_arrays(outcomes, *spots))])


def _spots(index: Array, values: tuple[int, ...]) -> Array:
    """Where index values stand in a list of them."""
    if not np.isin(index, values).all():
        raise Undecidable("an entry of a random quantity beyond its range")
    return np.searchsorted(np.array(values), index)
