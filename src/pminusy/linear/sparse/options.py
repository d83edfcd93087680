"""The shape of an elastic net, checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.errors import InputError, ShapeError
from pminusy.options import check_flags, is_number

Array = NDArray[Any]


@dataclass(frozen=True)
class NetOptions:
    """All of a penalty but its strength.

    Attributes
    ----------
    l1_ratio : float in [0, 1]
        The share of the norm in it.
    group : bool
        Whether a feature's weights come and go together.
    penalty_factors : array (D,) or None
        What the strength is multiplied by for each feature; None for 1.
    """

    l1_ratio: float
    group: bool = False
    penalty_factors: Array | None = None

    @property
    def is_ridge(self) -> bool:
        """Whether it is no more than ½‖W‖²."""
        return self.l1_ratio == 0 and self.penalty_factors is None

    def factors_for(self, n_features: int) -> Array:
        """The factors of so many features: (D,); a ShapeError for another number of them."""
        if self.penalty_factors is None:
            return np.ones(n_features)
        if len(self.penalty_factors) != n_features:
            raise ShapeError(
                f"penalty_factors: expected one factor for each of {n_features} features, "
                f"got {len(self.penalty_factors)}"
            )
        return self.penalty_factors


def read_net_options(l1_ratio: Any, group: Any, penalty_factors: Any) -> NetOptions:
    """The options as they were given.

    Raises
    ------
    InputError
        A ratio outside [0, 1], groups without a norm, factors that are not finite numbers ≥ 0 or all 0.
    """
    if not (is_number(l1_ratio) and 0 <= l1_ratio <= 1):
        raise InputError(f"l1_ratio: expected a number in [0, 1], got {l1_ratio!r}")
    check_flags(group=group)
    if group and l1_ratio == 0:
        raise InputError(
            "group: expected False with l1_ratio=0, whose penalty has no norm to group, got True"
        )
    factors = None if penalty_factors is None else _read_factors(penalty_factors)
    return NetOptions(float(l1_ratio), bool(group), factors)


def _read_factors(given: Any) -> Array:
    try:
        factors = np.asarray(given)
    except ValueError:  # rows of different lengths
        factors = np.empty((0, 0))
    if factors.ndim != 1 or factors.dtype.kind not in "iuf":
        raise InputError(f"penalty_factors: expected a list of numbers, got {given!r}")
    factors = factors.astype(np.float64)
    wrong = ~((factors >= 0) & np.isfinite(factors))
    if wrong.any():
        first = int(wrong.argmax())
        raise InputError(
            f"penalty_factors: expected finite numbers ≥ 0, got {factors[first]} for feature {first}"
        )
    if not factors.any():
        raise InputError("penalty_factors: expected at least one number > 0, got only zeros")
    return factors
