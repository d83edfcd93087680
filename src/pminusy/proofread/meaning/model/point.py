"""A random point: a size for every range, a value for everything that the page leaves free."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import mpmath
import numpy as np
from numpy.typing import NDArray

from pminusy.proofread.meaning.model.undecidable import Undecidable

Array: TypeAlias = NDArray[Any]


# Tables reach from this index to the size + 7, so that x_{t-1} and x_{i+k-1} exist; those of many axes reach less far.
WIDE, NARROW, MANY_AXES = (-6, 7), (0, 2), 5
MOST_ENTRIES = 4_000_000


def margins(axes: int) -> tuple[int, int]:
    """The first index in a table of so many axes, and how far it goes beyond the size."""
    return NARROW if axes >= MANY_AXES else WIDE


@dataclass
class Point:
    """Values by family, made when first asked for; the same seed gives the same values.

    Attributes
    ----------
    seed : int
    samples : int
        How many points at once: the axis before rows and columns.
    sizes : dict of int to int
        The size of each length class.
    kinds : dict of str to str
        "real", "positive", "unit", "above_one", "large", "negative" or "integer" for each family; `kind` for others.
    changes : dict of str to callable
        What an assumption makes of a family's table.
    digits : int
        0 for float64, else decimal digits of mpmath.
    vanishing : bool
        Whether functions without definition vanish far out, so that they can be integrated over a line.
    """

    seed: int
    samples: int
    sizes: dict[int, int]
    kinds: dict[str, str] = field(default_factory=dict)
    kind: str = "real"
    changes: dict[str, Callable[[Array], Array]] = field(default_factory=dict)
    digits: int = 0
    vanishing: bool = False
    tables: dict[str, Array] = field(default_factory=dict)

    def table(self, family: str, shape: tuple[int, ...]) -> Array:
        """Entries (sample, first index, second index, …) of a family, from the index on that `margins` gives."""
        if family not in self.tables:
            self.tables[family] = self._draw(family, shape)
        return self.tables[family]

    def _draw(self, family: str, shape: tuple[int, ...]) -> Array:
        rng = np.random.default_rng([self.seed, zlib.crc32(family.encode())])
        kind = self.kinds.get(family, self.kind)
        low, beyond = margins(len(shape))
        full = (self.samples, *(n + beyond - low for n in shape))
        if math.prod(full) > MOST_ENTRIES:
            raise Undecidable(f"{family} has too many indices")
        if kind == "integer":
            return rng.integers(1, max(2, min(self.sizes.values(), default=2)) + 1, full).astype(float)
        values = rng.uniform(0.12, 0.88, full)
        if kind == "real":
            values = (values * 1.6 + 0.15) * rng.choice([-1.0, 1.0], full)
        elif kind == "positive":
            values = values * 2 + 0.2
        elif kind == "above_one":
            values = values * 2 + 1.1
        elif kind == "large":
            values = values * 2.8 + 3.3
        elif kind == "negative":
            values = -values * 2 - 0.2
        if family in self.changes:
            values = self.changes[family](values)
        if self.digits:
            return np.frompyfunc(mpmath.mpf, 1, 1)(values)
        return values
