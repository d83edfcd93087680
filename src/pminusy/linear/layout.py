"""How a linear classifier's parameters lie in one flat vector, and what they are in the user's coordinates.

F = K columns of weights, but for two classes F = 1: the first class's logit is held at 0, as only the difference of the
two matters. Kernels want W as (F, D) for dense rows, as (D, F) for sparse ones; intercepts come after the weights.
With columns that are standardised on the way, W = V/σ and b = c − ⟨μ, W⟩ for the vector's own V and c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.rows import RowShape
from pminusy.blocks.standardisation import Standardisation

Array = NDArray[Any]


def n_free_columns(n_classes: int) -> int:
    """F, the columns of logits that are free."""
    return 1 if n_classes == 2 else n_classes


@final
@dataclass(frozen=True)
class ParameterLayout:
    """[W.ravel(), b] for D features and K classes, in the dtype that is computed in."""

    n_features: int
    n_classes: int
    fit_intercept: bool
    dtype: np.dtype[Any]
    features_first: bool = False
    standardisation: Standardisation | None = None

    @classmethod
    def of(cls, rows: RowShape, n_classes: int, fit_intercept: bool) -> Self:
        """What the kernels want beside these rows."""
        n_features = rows.shape[1]
        return cls(n_features, n_classes, fit_intercept, rows.dtype, rows.sparse, rows.standardisation)

    @property
    def n_free(self) -> int:
        """F."""
        return n_free_columns(self.n_classes)

    @property
    def n_held(self) -> int:
        """Columns of logits that are held at 0: K − F."""
        return self.n_classes - self.n_free

    @property
    def n_weights(self) -> int:
        """How many parameters W has."""
        return self.n_free * self.n_features

    @property
    def n_own(self) -> int:
        """How many parameters each class has, its intercept among them: D + 1, or D without one."""
        return self.n_features + self.fit_intercept

    @property
    def n_parameters(self) -> int:
        """How long the flat vector is."""
        return self.n_free * self.n_own

    @property
    def weight_shape(self) -> tuple[int, int]:
        """The shape of W as the kernels want it."""
        return (self.n_features, self.n_free) if self.features_first else (self.n_free, self.n_features)

    def oriented(self, W: Array) -> Array:
        """W (F, D) as the kernels want it, and back."""
        return W.T if self.features_first else W

    def unpack(self, parameters: Array) -> tuple[Array, Array]:
        """(W, b) as views of the flat parameters, W as the kernels want it; b is 0 without an intercept."""
        W = parameters[: self.n_weights].reshape(self.weight_shape)
        b = parameters[self.n_weights :] if self.fit_intercept else np.zeros(self.n_free, parameters.dtype)
        return W, b

    def pack(self, W: Array, b: Array) -> Array:
        """The flat parameters of which (W, b) are the parts."""
        return np.concatenate([W.ravel(), b if self.fit_intercept else b[:0]]).astype(self.dtype, copy=False)

    def by_class(self, parameters: Array) -> Array:
        """The parameters of each class side by side, its intercept last: (F, D + 1)."""
        W, b = self.unpack(parameters)
        W = self.oriented(W)
        return np.concatenate([W, b[:, None]], axis=1) if self.fit_intercept else W

    def from_classes(self, matrix: Array, out: Array | None = None) -> Array:
        """The flat parameters from what `by_class` gives, in `out` where it is given."""
        flat = np.empty(self.n_parameters, self.dtype) if out is None else out
        W, b = self.unpack(flat)
        np.copyto(self.oriented(W), matrix[:, : self.n_features])
        if self.fit_intercept:
            np.copyto(b, matrix[:, -1])
        return flat

    def places_by_class(self) -> Array:
        """Where each class's parameters, the intercept last, stand among the flat ones: (F, D + 1)."""
        return self.by_class(np.arange(self.n_parameters))

    def to_user(self, parameters: Array) -> tuple[Array, Array]:
        """Coefficients (F, D) and intercepts (F,) for X as the user has it."""
        W, b = self.unpack(parameters)
        W = self.oriented(W)
        if self.standardisation is None:
            return W, b
        W = W / self.standardisation.scale
        return W, b - W @ self.standardisation.centre

    def from_user(self, coefficients: Array, intercepts: Array) -> Array:
        """The flat parameters of which `to_user` gives these; without an intercept the given ones are left out."""
        W, b = coefficients, intercepts
        if self.standardisation is not None:
            W, b = W * self.standardisation.scale, b + W @ self.standardisation.centre
        return self.pack(self.oriented(W), b)

    def user_gradient(self, gradient: Array) -> tuple[Array, Array]:
        """The gradient with respect to what `to_user` gives: ∂f/∂W = σ ∂f/∂V + μ ∂f/∂c."""
        dW, db = self.unpack(gradient)
        dW = self.oriented(dW)
        if self.standardisation is None:
            return dW, db
        return dW * self.standardisation.scale + db[:, None] * self.standardisation.centre, db
