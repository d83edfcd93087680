"""What is added to the mean loss for large weights: its value, its derivatives, and what it proves about an optimum."""

from __future__ import annotations

from typing import Any, Protocol, final

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.layout import ParameterLayout
from pminusy.solvers.vectors import dot

Array = NDArray[Any]


class Penalty(Protocol):
    """A convex quadratic of W alone, laid out for an objective: intercepts have none.

    Its gradient is λ∘w, which kernels add as they write the gradient of the loss.
    """

    @property
    def curvature(self) -> Array:
        """λ, the second derivative by each weight: (n_weights,), or (1,) where all are alike."""

    @property
    def vanishes(self) -> bool:
        """Whether there is none."""

    def value(self, weights: Array) -> float:
        """Of the flat weights."""

    def per_parameter(self) -> Array:
        """The curvature by each parameter of a class, in its order, 0 for the intercept: (D + 1,)."""

    def gap_bound(self, length: float) -> float:
        """What f can be above its minimum over W, from the length of its gradient by the user's coefficients."""


@final
class RidgePenalty:
    r"""½ λ ‖W‖² in the user's coordinates.

    Where columns are standardised on the way, W = V/σ, and the same penalty is ½ Σ_d (λ/σ_d²) ‖V_d‖².

    Parameters
    ----------
    strength : float ≥ 0
        λ.
    layout : ParameterLayout
    """

    def __init__(self, strength: float, layout: ParameterLayout) -> None:
        self._strength, self._layout = strength, layout
        moved = layout.standardisation
        strengths = strength if moved is None else strength / moved.scale**2
        self._per_feature = np.asarray(strengths, layout.dtype)
        every = self._per_feature
        if every.size > 1:
            every = layout.oriented(np.broadcast_to(every, (layout.n_free, layout.n_features)))
        self.curvature = np.ascontiguousarray(every).reshape(-1)

    @property
    def vanishes(self) -> bool:
        """Whether λ is 0."""
        return not self._strength

    def value(self, weights: Array) -> float:
        """½ ⟨w, λ∘w⟩."""
        if self.vanishes:
            return 0.0  # however long w is
        if self.curvature.size == 1:
            return 0.5 * (dot(weights, weights) * float(self.curvature[0]))
        return 0.5 * dot(weights, weights * self.curvature)

    def per_parameter(self) -> Array:
        """λ for each feature, 0 for the intercept: (D + 1,)."""
        features = np.broadcast_to(self._per_feature, self._layout.n_features)
        return np.append(features, np.zeros(int(self._layout.fit_intercept), self._layout.dtype))

    def gap_bound(self, length: float) -> float:
        """‖∂f/∂W‖²/2λ, as f is strongly convex in W with μ = λ; infinite without a penalty."""
        return length**2 / (2 * self._strength) if self._strength else np.inf
