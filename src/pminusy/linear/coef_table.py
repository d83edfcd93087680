"""A table of coefficients with standard errors and intervals, to print or convert to a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from pminusy.notebook import table

Array = NDArray[Any]

_NAME_WIDTH = 18
_HEADER = ("coef.", "std. err.", "z", "p", "lower", "upper")
_WIDTHS = (11, 11, 9, 9, 11, 11)


class Coefficient(NamedTuple):
    """One line of the table.

    Attributes
    ----------
    label : object
        The class.
    feature : str
        The column of X, or "intercept".
    coefficient, standard_error : float
    z : float
        Their quotient.
    p : float
        Two-sided p-value: the probability of a |z| at least this large under a standard normal distribution.
    lower, upper : float
        The confidence interval: coefficient ∓ quantile · standard error.
    """

    label: Any
    feature: str
    coefficient: float
    standard_error: float
    z: float
    p: float
    lower: float
    upper: float


@dataclass(frozen=True)
class CoefTable:
    """The coefficients of a fitted classifier, class by class; iterates over its lines.

    Attributes
    ----------
    rows : tuple of Coefficient
        For each class its features in the order of X, then its intercept.
    level : float
        Confidence level of the intervals.
    baseline : object
        Class that the others are compared with; None for the mean of all classes.

    Examples
    --------
    >>> table = CoefTable((Coefficient("b", "x0", 2.0, 1.0, 2.0, 0.0455, 0.04, 3.96),), 0.95, "a")
    >>> table.to_dict()["standard_error"]
    [1.0]
    >>> print(table)
    Each class relative to a, with 95 % confidence intervals
    <BLANKLINE>
    class b                 coef.  std. err.        z        p      lower      upper
    x0                          2          1     2.00   0.0455       0.04       3.96
    """

    rows: tuple[Coefficient, ...]
    level: float
    baseline: Any = None

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns by name, as accepted by pandas and polars data frames; `label` is called "class"."""
        names = ("class", *Coefficient._fields[1:])
        return {name: [row[number] for row in self.rows] for number, name in enumerate(names)}

    def __iter__(self) -> Iterator[Coefficient]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def _repr_html_(self) -> str:
        """As a notebook shows it: a table for each class."""
        parts = (
            ((f"class {label}", *_HEADER), [(row.feature, *_cells(row)) for row in rows])
            for label, rows in groupby(self.rows, key=lambda row: row.label)
        )
        return table(self._headline(), parts)

    def _headline(self) -> str:
        against = "the mean of all classes" if self.baseline is None else self.baseline
        return f"Each class relative to {against}, with {100 * self.level:g} % confidence intervals"

    def __str__(self) -> str:
        lines = [self._headline()]
        for number, row in enumerate(self.rows):
            if number == 0 or row.label != self.rows[number - 1].label:
                lines += ["", _line(f"class {row.label}", _HEADER)]
            lines.append(_line(row.feature, _cells(row)))
        return "\n".join(lines)


def make_coef_table(
    labels: Array, features: list[str], coefficients: Array, errors: Array, level: float, baseline: Any
) -> CoefTable:
    """The table of coefficients (F, S) and their standard errors (F, S), for F labels and S features."""
    z = coefficients / errors
    lower, upper = np.moveaxis(interval(coefficients, errors, level), -1, 0)
    numbers = np.stack([coefficients, errors, z, 2 * ndtr(-np.abs(z)), lower, upper], axis=-1)
    rows = (
        Coefficient(label, feature, *line)
        for label, lines in zip(labels.tolist(), numbers.tolist(), strict=True)
        for feature, line in zip(features, lines, strict=True)
    )
    return CoefTable(tuple(rows), level, baseline)


def interval(coefficients: Array, errors: Array, level: float) -> Array:
    """Lower and upper ends of the intervals that hold a normal variable with probability `level`: (..., 2)."""
    reach = ndtri((1 + level) / 2) * errors
    return np.stack([coefficients - reach, coefficients + reach], axis=-1)


def _cells(row: Coefficient) -> tuple[str, ...]:
    z = f"{row.z:.2f}" if abs(row.z) < 1000 else f"{row.z:.1e}"
    p = f"{row.p:.4f}" if row.p >= 1e-4 else "<0.0001"
    ends = (f"{end:.4g}" for end in (row.lower, row.upper))
    return f"{row.coefficient:.4g}", f"{row.standard_error:.4g}", z, p, *ends


def _line(name: str, cells: tuple[str, ...]) -> str:
    shown = name if len(name) <= _NAME_WIDTH else name[: _NAME_WIDTH - 1] + "…"
    return shown.ljust(_NAME_WIDTH) + "".join(
        cell.rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True)
    )
