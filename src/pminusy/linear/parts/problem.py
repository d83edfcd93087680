"""A linear classifier to fit to rows in several parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.blocks.parts import Parts
from pminusy.linear.layout import n_free_columns
from pminusy.linear.parts.part import LinearPart

Array = NDArray[Any]


@dataclass(frozen=True)
class PartedX:
    """X (N, D), whose rows lie in parts; `X[rows]` fetches a few of them.

    Attributes
    ----------
    parts : Parts
        Of `LinearPart`s.
    firsts : array (parts + 1,)
        The number of each part's first row, and N.
    """

    parts: Parts
    firsts: Array
    n_features: int

    @property
    def shape(self) -> tuple[int, int]:
        """(N, D)."""
        return int(self.firsts[-1]), self.n_features

    def __getitem__(self, rows: Any) -> Any:
        return self.gather(_rows, rows)

    def gather(self, take: Callable[[LinearPart, Array], Any], rows: Any) -> Any:
        """What `take` gives of these rows, each part's put together in the order of the rows."""
        numbers = np.arange(self.shape[0])[rows]
        order = np.argsort(numbers, kind="stable")
        taken = self.parts.each(_take, take, numbers[order], self.firsts)
        stacked = sp.vstack(taken, format="csr") if sp.issparse(taken[0]) else np.concatenate(taken)
        return stacked[np.argsort(order)]


@dataclass(frozen=True)
class PartedProblem:
    """As `LinearProblem`, whose attributes it has; each part has its targets."""

    X: PartedX
    n_classes: int
    penalty: float
    fit_intercept: bool
    dtype: np.dtype[Any]
    sparse: bool
    n_numbers: int
    total_weight: float

    @property
    def parts(self) -> Parts:
        """Where the rows are."""
        return self.X.parts

    @property
    def n_free(self) -> int:
        """Columns of logits that are free."""
        return n_free_columns(self.n_classes)

    @property
    def total_scale(self) -> float:
        """What turns the mean objective into the one that is reported: C M, or M without a penalty."""
        return 1.0 / self.penalty if self.penalty else self.total_weight

    def rules_out(self) -> bool:
        """Whether a row has mass for some classes only."""
        return bool(self.parts.total(_rules_out))


def _take(part: LinearPart, take: Callable[[LinearPart, Array], Any], numbers: Array, firsts: Array) -> Any:
    """What `take` gives of those among these rows, ascending, that are the part's."""
    first, stop = np.searchsorted(numbers, firsts[part.place.number : part.place.number + 2])
    return take(part, numbers[first:stop] - part.place.first_row)


def _rows(part: LinearPart, rows: Array) -> Any:
    return part.problem.X[rows]


def _rules_out(part: LinearPart) -> int:
    return int(part.problem.rules_out())
