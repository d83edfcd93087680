"""What a check of a derivative found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.gradcheck.along import LEAST_SLOPE
from pminusy.notebook import facts

Array = NDArray[Any]


@dataclass(frozen=True)
class GradientCheck:
    """Result of a gradient check.

    Attributes
    ----------
    ok : bool
        Whether the claimed derivative passed both tests, and these were conclusive.
    measurable : bool
        Whether finite differences are accurate enough here; f may be too noisy or too steep.
    slope : float
        Slope of the Taylor remainder in the worst direction, at the smallest steps above rounding error: 3 for a
        correct derivative, 1 for a wrong one, inf if every remainder is below rounding error.
    worst_index : tuple of int
        The coordinate with the worst mismatch.
    claimed, measured : float
        The derivative there: claimed, and by finite differences.
    measured_error : float
        Error estimate of `measured`.
    relative_error : float
        ``abs(claimed - measured) / max(abs(claimed), abs(measured))``; 0 if both are 0.
    n_coordinates : int
        Number of coordinates compared with finite differences.
    kink : bool
        Whether f has a kink at x in some direction that was tried, as ReLU has at 0: then it has no derivative there.
    """

    ok: bool
    measurable: bool
    slope: float
    worst_index: tuple[int, ...]
    claimed: float
    measured: float
    measured_error: float
    relative_error: float
    n_coordinates: int
    kink: bool = False

    @property
    def _verdict(self) -> str:
        unmeasured = "could not be measured" + (" (f has a kink at x)" if self.kink else "")
        return "correct" if self.ok else "WRONG" if self.measurable else unmeasured

    def _repr_html_(self) -> str:
        """As a notebook shows it: the verdict, and the worst coordinate."""
        figures = [
            ("Taylor slope", f"{self.slope:.2f} (3 if correct, 1 if wrong)"),
            (f"worst of {self.n_coordinates} coordinates", str(list(self.worst_index))),
            ("claimed", f"{self.claimed:.10g}"),
            ("measured", f"{self.measured:.10g} ± {self.measured_error:.1g}"),
            ("relative error", f"{self.relative_error:.1e}"),
        ]
        return facts(f"Derivative {self._verdict}", self.ok or (False if self.measurable else None), figures)

    def __str__(self) -> str:
        return (
            f"derivative {self._verdict}: Taylor slope {self.slope:.2f} (3 if correct, 1 if wrong); worst of "
            f"{self.n_coordinates} coordinates {list(self.worst_index)}: claimed {self.claimed:.10g}, "
            f"measured {self.measured:.10g} ± {self.measured_error:.1g} (relative error {self.relative_error:.1e})"
        )


@dataclass(frozen=True)
class Tolerance:
    """How far claimed and measured derivatives may differ, beside what finite differences can tell."""

    relative: float
    absolute: float
    negligible: float  # a derivative that nobody needs to tell from 0

    @classmethod
    def at(cls, x: Array, value: ArrayLike, rtol: float, atol: float) -> Tolerance:
        """The tolerance for derivatives at x of something that has a value there."""
        size = float(np.abs(value).max()) / max(1.0, float(np.abs(x).max()))
        return cls(rtol, atol, atol + 1e-8 * size)


def verdict_on(
    slope: float,
    claimed: Array,
    flat: Array,
    measured: Array,
    errors: Array,
    tolerance: Tolerance,
    kink: bool,
) -> GradientCheck:
    """What measured derivatives, their errors and the Taylor slope say of those claimed at some coordinates."""
    at = claimed.ravel()[flat]
    size = np.maximum(np.abs(at), np.abs(measured))
    difference = np.abs(at - measured)
    allowed = tolerance.absolute + tolerance.relative * size + 10 * errors
    worst = int(np.argmax(difference / np.maximum(allowed, 1e-300)))
    worth_telling = max(0.01 * float(np.abs(claimed).max()), 0.01 * float(size.max()), tolerance.negligible)
    sharp = bool((10 * errors <= worth_telling).all())
    wrong = slope < LEAST_SLOPE or bool((difference > allowed).any())
    return GradientCheck(
        ok=sharp and not wrong and not kink,
        measurable=wrong or (sharp and not kink),
        slope=slope,
        worst_index=tuple(int(i) for i in np.unravel_index(int(flat[worst]), claimed.shape)),
        claimed=float(at[worst]),
        measured=float(measured[worst]),
        measured_error=float(errors[worst]),
        relative_error=float(difference[worst] / size[worst]) if size[worst] else 0.0,
        n_coordinates=len(flat),
        kink=kink,
    )
