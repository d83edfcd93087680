"""What an estimator has learned of X's columns, which scikit-learn calls `n_features_in_` and `feature_names_in_`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class SeenColumns:
    """How many columns X had, and their names where they were strings."""

    count: int
    names: NDArray[np.object_] | None = None

    @classmethod
    def of(cls, estimator: Any) -> Self:
        """Those that an estimator has seen."""
        return cls(estimator.n_features_in_, getattr(estimator, "feature_names_in_", None))

    def give_to(self, estimator: Any) -> None:
        """Make them an estimator's, in place of any that it has."""
        estimator.n_features_in_ = self.count
        if self.names is not None:
            estimator.feature_names_in_ = self.names
        elif hasattr(estimator, "feature_names_in_"):
            del estimator.feature_names_in_
